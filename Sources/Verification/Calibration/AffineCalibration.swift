import Foundation

/// Scores made into log-likelihood ratios by a line, ℓ = w·s + b, fitted by prior-weighted logistic regression.
///
/// The fit minimises, with τ = ln(π/(1 − π)),
///
/// ```
/// π · mean over genuine of ln(1 + e^−(ℓ + τ))  +  (1 − π) · mean over impostors of ln(1 + e^(ℓ + τ))
/// ```
///
/// which at π = ½ is Cllr up to a factor. Fit it on other trials than those it is judged on.
public struct AffineCalibration: Hashable, Sendable, Codable {
    /// w.
    public let slope: Double
    /// b.
    public let offset: Double
    /// π, the share of genuine trials that the fit was weighted to.
    public let targetPrior: Double

    public init(slope: Double, offset: Double, targetPrior: Double = 0.5) {
        self.slope = slope
        self.offset = offset
        self.targetPrior = targetPrior
    }

    /// Fits the line by Newton's method with step halving, on standardised scores.
    ///
    /// - Throws: ``VerificationError/separableScores`` if a threshold makes no error, since then the slope grows
    ///   without end; ``VerificationError/rateOutOfRange(what:value:allowed:)`` if the prior is not in (0, 1).
    public init(fitting scores: Scores, targetPrior: Double = 0.5) throws(VerificationError) {
        guard targetPrior > 0, targetPrior < 1 else {
            throw .rateOutOfRange(what: "prior of targets", value: targetPrior, allowed: "above 0 and below 1")
        }
        let genuine = ScoreRange(scores.genuine)
        let impostor = ScoreRange(scores.impostor)
        let isConstant = genuine.lowest == genuine.highest && genuine == impostor
        guard isConstant || !(genuine.lowest >= impostor.highest || impostor.lowest >= genuine.highest) else {
            throw .separableScores
        }
        self.targetPrior = targetPrior
        // Scores that are all one number tell nothing: ℓ = 0.
        guard !isConstant else {
            slope = 0
            offset = 0
            return
        }
        let objective = LogisticObjective(scores, targetPrior: targetPrior)
        let (slope, offset) = objective.minimum()
        self.slope = slope / objective.scale
        self.offset = offset - slope * objective.center / objective.scale
    }

    /// The log-likelihood ratio of a score.
    public func callAsFunction(_ score: Double) -> Double {
        slope * score + offset
    }
}

private struct ScoreRange: Equatable {
    let lowest, highest: Double

    init(_ scores: [Double]) {
        lowest = scores.reduce(.infinity, min)
        highest = scores.reduce(-.infinity, max)
    }
}

/// The weighted logistic loss of a line on standardised scores, with its first two derivatives.
private struct LogisticObjective {
    let genuine, impostor: [Double]
    let genuineWeight, impostorWeight: Double
    let center, scale: Double
    let priorLogit: Double

    init(_ scores: Scores, targetPrior: Double) {
        let all = scores.genuine + scores.impostor
        let center = all.reduce(0, +) / Double(all.count)
        let variance = all.reduce(0) { $0 + ($1 - center) * ($1 - center) } / Double(all.count)
        let scale = variance.squareRoot()
        genuine = scores.genuine.map { ($0 - center) / scale }
        impostor = scores.impostor.map { ($0 - center) / scale }
        genuineWeight = targetPrior / Double(genuine.count)
        impostorWeight = (1 - targetPrior) / Double(impostor.count)
        priorLogit = log(targetPrior / (1 - targetPrior))
        self.center = center
        self.scale = scale
    }

    func loss(_ slope: Double, _ offset: Double) -> Double {
        let shift = offset + priorLogit
        let misses = genuine.reduce(0) { $0 + softplus(-(slope * $1 + shift)) }
        let falseAccepts = impostor.reduce(0) { $0 + softplus(slope * $1 + shift) }
        return genuineWeight * misses + impostorWeight * falseAccepts
    }

    /// Newton's method; the loss is convex, so halving a step until the loss falls finds the minimum.
    func minimum() -> (slope: Double, offset: Double) {
        var slope = 0.0
        var offset = 0.0
        var value = loss(slope, offset)
        for _ in 0..<100 {
            let step = newtonStep(slope, offset)
            var share = 1.0
            var next = loss(slope - step.slope, offset - step.offset)
            while next > value, share > 1e-10 {
                share /= 2
                next = loss(slope - share * step.slope, offset - share * step.offset)
            }
            guard next <= value else { break }
            slope -= share * step.slope
            offset -= share * step.offset
            let gain = value - next
            value = next
            if gain == 0 || max(step.slope.magnitude, step.offset.magnitude) < 1e-12 { break }
        }
        return (slope, offset)
    }

    private func newtonStep(_ slope: Double, _ offset: Double) -> (slope: Double, offset: Double) {
        var gradient = (slope: 0.0, offset: 0.0)
        var curvature = (slopes: 0.0, mixed: 0.0, offsets: 0.0)
        func add(_ scores: [Double], weight: Double, target: Double) {
            for score in scores {
                let probability = 1 / (1 + exp(-(slope * score + offset + priorLogit)))
                let residual = weight * (probability - target)
                let second = weight * probability * (1 - probability)
                gradient.slope += residual * score
                gradient.offset += residual
                curvature.slopes += second * score * score
                curvature.mixed += second * score
                curvature.offsets += second
            }
        }
        add(genuine, weight: genuineWeight, target: 1)
        add(impostor, weight: impostorWeight, target: 0)
        let determinant = curvature.slopes * curvature.offsets - curvature.mixed * curvature.mixed
        guard determinant > 0 else { return (0, 0) }
        return (
            (gradient.slope * curvature.offsets - gradient.offset * curvature.mixed) / determinant,
            (gradient.offset * curvature.slopes - gradient.slope * curvature.mixed) / determinant
        )
    }
}
