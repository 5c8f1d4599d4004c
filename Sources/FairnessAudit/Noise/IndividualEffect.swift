import Foundation
import Verification

/// What noise of one size does to individual fairness: |h(x) − h(x′)| ≤ K‖x − x′‖ with K = ‖θ‖.
public struct IndividualEffect: Sendable, Codable {
    /// ‖θ‖ without noise.
    public let clean: Double
    /// σ(√p + √(2 ln(1/ζ))): ‖θ′‖ lies within this of ‖θ‖ with probability 1 − ζ on either side. It grows with the
    /// dimension.
    public let radius: Double?
    /// ‖θ′‖ − ‖θ‖ over the draws.
    public let change: DrawSummary
    /// σ Φ⁻¹(1 − ζ/2): for one fixed pair | |h′(x) − h′(x′)| − |h(x) − h(x′)| | is at most this times ‖x − x′‖ with
    /// probability 1 − ζ, whatever the dimension.
    public let pairFactor: Double?

    init(_ draws: NoiseDraws, size: Int, model: LinearModel, level: NoiseLevel, dimension: Int, failure: Double) {
        clean = model.norm
        let norm = model.norm
        change = DrawSummary((0..<draws.drawCount).map { draws.norm(size: size, draw: $0) - norm })
        let isNormal = level.mechanism.isGaussian
        radius = isNormal ? level.scale * ChangeBounds.noiseRadius(dimension: dimension, failure: failure) : nil
        pairFactor = isNormal ? level.scale * StandardNormal.quantile(1 - failure / 2) : nil
    }
}
