import Foundation
import Torch

/// The logit of each sample's own class, with its margin, and that of its virtual class, with their slopes.
///
/// The only margins that a streamed head computes are these, a number per sample; so no graph is recorded for them.
struct OwnLogits {
    /// ρ, and its slope by ‖x‖.
    let scales: [Double]
    let scaleSlope: Double
    /// z = ρ ψ ± b
    let logits: [Double]
    /// ∂z/∂ of the similarity to the own class, and of ‖x‖.
    let byOwn: [Double]
    let byNorm: [Double]
    /// ±1: ∂z/∂b.
    let biasSign: Double
    let virtual: Virtual?

    /// The virtual class, a logit per sample.
    struct Virtual {
        let logits: [Double]
        let byNorm: [Double]
        /// By ‖w_y‖.
        let byLength: [Double]
    }

    /// - Throws: ``ClassStream/NotServed`` where gradients are wanted and amounts are learned.
    init(
        head: Head, input: HeadInput, samples: StreamedSamples, state: HeadState, wantsGradients: Bool
    ) throws {
        let count = samples.norms.count
        let ownBias = try Self.ownBias(input, samples)
        let sign: Double = head.objective.subtractsBias ? -1 : 1
        let (scales, scaleSlope): ([Double], Double) =
            switch head.scale {
            case .constant(let scale): ([Double](repeating: scale, count: count), 0)
            case .featureNorm, .pulledNorm: (samples.norms, 1)
            }
        var (values, slopes) = (samples.own, [Double](repeating: 1, count: count))
        var amountSlopes = [Double](repeating: 0, count: count)
        if let margin = head.target {
            let amounts = OwnAmounts(
                input: input, samples: samples, state: state, refusesLearned: wantsGradients)
            let cosines = NumberColumn(samples.own.map { min(1, max(-1, $0)) })
            let point = MarginPoint(cosine: cosines) { try amounts.numbers($0) }
            values = try margin.value(at: point).expanded(to: count)
            if wantsGradients {
                if let slope = try head.gradient.slope(of: margin, at: point) { slopes = slope.expanded(to: count) }
                amountSlopes = try amounts.slopesByNorm(of: margin) ?? amountSlopes
            }
        }
        self.scales = scales
        self.scaleSlope = scaleSlope
        biasSign = sign
        logits = (0..<count).map { scales[$0] * values[$0] + (ownBias.isEmpty ? 0 : sign * ownBias[$0]) }
        byOwn = zip(scales, slopes).map { $0 * $1 }
        byNorm = (0..<count).map { scaleSlope * values[$0] + scales[$0] * amountSlopes[$0] }
        virtual = head.virtualClass.map {
            Virtual(kind: $0, similarity: head.similarity, samples: samples, scales: scales, scaleSlope: scaleSlope)
        }
    }

    private static func ownBias(_ input: HeadInput, _ samples: StreamedSamples) throws -> [Double] {
        guard let bias = try input.bias?.detached().reals() else { return [] }
        return samples.columns.map { bias.count == 1 ? bias[0] : bias[Int($0)] }
    }
}

extension OwnLogits.Virtual {
    /// The similarity is 1 among directions and ‖w_y‖ ‖x‖ among inner products; the logit is ρ times that.
    fileprivate init(
        kind: VirtualClass, similarity: Similarity, samples: StreamedSamples, scales: [Double], scaleSlope: Double
    ) {
        switch similarity {
        case .cosine:
            logits = scales
            byNorm = [Double](repeating: scaleSlope, count: scales.count)
            byLength = [Double](repeating: 0, count: scales.count)
        case .innerProduct:
            let (norms, lengths) = (samples.norms, samples.ownLengths)
            logits = scales.indices.map { scales[$0] * lengths[$0] * norms[$0] }
            byNorm = scales.indices.map { lengths[$0] * (scales[$0] + scaleSlope * norms[$0]) }
            byLength = scales.indices.map { kind == .full ? scales[$0] * norms[$0] : 0 }
        }
    }
}
