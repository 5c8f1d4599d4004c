import Foundation

/// The least ε at which fairness stays as it was.
public struct Tolerance: Sendable, Codable {
    /// The largest change allowed to any signed measure against all.
    public let allowed: Double
    /// The smallest ε at which P(max |F′ − F| ≤ allowed) ≥ 95 % by the draws' lower 95 % confidence limit; nil if there
    /// is none up to ``greatestEpsilon``.
    public let observed: Double?
    /// The smallest ε for which the bounds prove the same; nil if there is none.
    public let certified: Double?
    public let greatestEpsilon: Double
    /// Without noise nothing changes; this says how finely ε was searched.
    public let ratio: Double
}

extension NoiseAudit {
    /// Refuses what is no tolerance.
    public static func check(tolerance: Double) throws(AuditError) {
        guard tolerance > 0, tolerance < 1 else {
            throw AuditError("the tolerance is \(tolerance); it must lie between 0 and 1, such as 0.02")
        }
    }

    /// Searches ε for a tolerance, δ and the sensitivity given.
    ///
    /// - Throws: ``AuditError`` for a tolerance that is none, and for Laplace noise, whose bounds are not closed forms.
    public func tolerance(
        _ allowed: Double, delta: Double, sensitivity: Double, epsilons: ClosedRange<Double> = 1e-3...1e4
    ) throws -> Tolerance {
        try Self.check(tolerance: allowed)
        func scale(_ epsilon: Double) throws -> Double {
            try GaussianMechanism.analytic(.init(epsilon: epsilon, delta: delta), sensitivity: sensitivity)
        }
        var range: ClosedRange? = epsilons
        var ratio = 1.0
        // Two grids, the second within the step of the first that holds the answer.
        for _ in 0..<2 {
            guard let current = range else { break }
            let grid = Self.grid(current, count: 24)
            ratio = grid[1] / grid[0]
            let isKept = try keeps(allowed, scales: grid.map(scale))
            range = isKept.firstIndex(of: true).map { $0 == 0 ? grid[0]...grid[0].nextUp : grid[$0 - 1]...grid[$0] }
            if isKept.first == true { break }
        }
        var (low, high) = (epsilons.lowerBound, epsilons.upperBound)
        var certified: Double?
        if try isCertified(allowed, scale: scale(high)) {
            while high / low > 1.01 {
                let middle = (low * high).squareRoot()
                if try isCertified(allowed, scale: scale(middle)) { high = middle } else { low = middle }
            }
            certified = high
        }
        return Tolerance(
            allowed: allowed, observed: range?.upperBound, certified: certified,
            greatestEpsilon: epsilons.upperBound, ratio: ratio)
    }

    private static func grid(_ range: ClosedRange<Double>, count: Int) -> [Double] {
        (0..<count).map { place in
            range.lowerBound * pow(range.upperBound / range.lowerBound, Double(place) / Double(count - 1))
        }
    }

    private var againstAll: [FairnessMeasure] {
        measures.measures.filter { if case .againstAll = $0.form { true } else { false } }
    }

    /// For noise of every size whether nearly all draws keep all measures.
    private func keeps(_ allowed: Double, scales: [Double]) throws -> [Bool] {
        let draws = try NoiseDraws(
            people, model: model, mechanism: .analytic, scales: scales, drawCount: drawCount, seed: seed &+ 1)
        let functionals = againstAll.map(\.functional)
        let clean = functionals.map { $0(cleanShares) }
        return scales.indices.map { size in
            let kept = (0..<drawCount).count { draw in
                let shares = draws.shares(size: size, draw: draw).correct
                return zip(functionals, clean).allSatisfy { abs($0(shares) - $1) <= allowed }
            }
            return BinomialLimit.lower(successes: kept, of: drawCount, confidence: 0.95) >= 0.95
        }
    }

    /// Whether the bounds prove it: each measure's fails with probability 5 % over their number.
    private func isCertified(_ allowed: Double, scale: Double) -> Bool {
        let flips = FlipSums(people, scale: scale)
        let functionals = againstAll.map(\.functional)
        let bounds = ChangeBounds(
            people, scale: scale, failure: 0.05 / Double(max(1, functionals.count)), flips: flips)
        return functionals.allSatisfy {
            min(ChangeBounds.total($0, bounds.split), ChangeBounds.total($0, bounds.worstCase)) <= allowed
        }
    }
}
