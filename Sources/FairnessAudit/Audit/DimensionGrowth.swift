import Foundation
import Torch

/// What noise of one size does as the dimension grows.
///
/// Two curves. As the control, features that are 0 for everyone are appended: margins and decisions stay, so group
/// fairness must not notice, while the noise grows longer like √p. As the second, standard normal features that know
/// nothing: rows are clipped to the same R again and the model is fitted anew, so that margins change too.
public struct DimensionGrowth: Sendable, Codable {
    public enum Curve: String, CaseIterable, Sendable, Codable {
        case control
        case noiseFeatures = "noise-features"
    }

    public struct Point: Sendable, Codable {
        public let curve: Curve
        public let dimension: Int
        /// ‖θ′‖ − ‖θ‖ over the draws, the drift of individual fairness.
        public let drift: DrawSummary
        /// E‖Z‖ is at most σ√p.
        public let rootLaw: Double
        /// The largest 1 − ζ quantile of |F′ − F| among the signed measures against all.
        public let fairnessChange: Double
        /// The expected share of all decisions that change.
        public let expectedFlips: Double
        public let accuracy: Double
    }

    public let scale: Double
    public let points: [Point]

    /// Refuses what growth cannot be shown for.
    public static func check(added: [Int], mechanism: NoiseMechanism, constantFeature: Double) throws(AuditError) {
        guard mechanism.isGaussian, constantFeature == 0 else {
            throw AuditError("growth with the dimension is shown for normal noise and without a constant feature")
        }
        guard added.allSatisfy({ (0...100_000).contains($0) }) else {
            throw AuditError("the numbers of features to append must lie between 0 and 100000")
        }
    }

    /// - Parameters:
    ///   - level: the noise, of one size for all.
    ///   - added: numbers of appended features.
    /// - Throws: ``AuditError`` for Laplace noise, whose flips have no closed form, and for a constant feature, which
    ///   clipping again would change.
    public init(
        _ prepared: PreparedTable, loss: LinearLoss, regularization: Double, level: NoiseLevel, added: [Int],
        criteria: [FairnessCriterion] = FairnessCriterion.allCases, drawCount: Int = 1000, seed: UInt64 = 1
    ) throws {
        try Self.check(added: added, mechanism: level.mechanism, constantFeature: prepared.encoder.constantFeature)
        scale = level.scale
        points = try Curve.allCases.flatMap { curve in
            try added.map { count in
                let generator = try Generator(seed: seed &+ UInt64(count))
                func widened(_ features: Tensor) throws -> Tensor {
                    try Self.widened(
                        features, by: count, curve: curve, norm: prepared.encoder.clippingNorm, generator: generator)
                }
                let rows = try TrainingRows(
                    features: widened(prepared.training.features), isPositive: prepared.training.isPositive)
                let fit = try LinearFit(rows, loss: loss, regularization: regularization)
                let names = (0..<rows.featureCount).map { "\($0)" }
                let model = try LinearModel(featureNames: names, coefficients: fit.coefficients)
                let heldOut = PreparedTable.HeldOut(
                    features: try widened(prepared.heldOut.features), isPositive: prepared.heldOut.isPositive,
                    attributes: prepared.heldOut.attributes)
                let people = try AuditedPeople(heldOut, model: model)
                let audit = try NoiseAudit(
                    people, model: model, criteria: criteria, drawCount: drawCount, seed: seed)
                return try Self.point(audit, level: level, curve: curve)
            }
        }
    }

    private static func widened(
        _ features: Tensor, by count: Int, curve: Curve, norm: Double, generator: Generator
    ) throws -> Tensor {
        let shape = [features.size(0), count]
        switch curve {
        case .control:
            return try Tensor.concatenated([features, .zeros(shape, scalarType: .float64)], dimension: 1)
        case .noiseFeatures:
            let noise = try Tensor.normal(shape, generator: generator, scalarType: .float64)
            let wide = try Tensor.concatenated([features, noise], dimension: 1)
            let factors = try wide.rowNorms().map { $0 > norm ? norm / $0 : 1 }
            return try wide * Tensor(factors, shape: [factors.count, 1])
        }
    }

    private static func point(_ audit: NoiseAudit, level: NoiseLevel, curve: Curve) throws -> Point {
        let people = audit.people
        let effect = try audit.effects(of: [level])[0]
        let against = zip(audit.measures.measures, effect.measures).filter {
            if case .againstAll = $0.0.form { true } else { false }
        }
        let flips = FlipSums(people, scale: level.scale).flips
        return Point(
            curve: curve, dimension: people.dimension, drift: effect.individual.change,
            rootLaw: level.scale * Double(people.dimension).squareRoot(),
            fairnessChange: against.map(\.1.changeQuantile).max() ?? 0,
            expectedFlips: zip(flips, people.counts).reduce(0) { $0 + $1.0 * Double($1.1) } / Double(people.count),
            accuracy: Double(people.correctCounts.reduce(0, +)) / Double(people.count))
    }
}
