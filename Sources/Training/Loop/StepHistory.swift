import Torch

/// The last steps that went well, for the day when one does not.
struct StepHistory {
    private var steps: [Entry] = []
    private static let limit = 5

    private struct Entry {
        let report: StepReport
        // Numbers on the device: fetching them would make a GPU wait at each step.
        let weightNorm: Tensor
        let featureNorm: Tensor
    }

    private static let norms = Operator("aten::_foreach_norm.Scalar")

    var lastLoss: Double? { steps.last?.report.loss }

    mutating func append(_ report: StepReport, weights: [Tensor], featureNorm: Tensor) throws {
        let weightNorm = try withoutGradients { try Tensor.stacked(Self.norms.tensors(weights, 2)).norm([0]) }
        steps = steps.suffix(Self.limit - 1) + [Entry(report: report, weightNorm: weightNorm, featureNorm: featureNorm)]
    }

    /// Oldest first.
    func statistics() throws -> [StepStatistics] {
        try steps.map { entry in
            StepStatistics(
                step: entry.report.step, loss: entry.report.loss, learningRate: entry.report.learningRate,
                gradientNorm: entry.report.gradientNorm, weightNorm: try entry.weightNorm.item(),
                featureNorm: try entry.featureNorm.item())
        }
    }
}

/// What is kept of a step that went well.
public struct StepStatistics: Sendable, Equatable {
    /// Counted from 1.
    public let step: Int
    public let loss: Double
    public let learningRate: Double
    /// Of all gradients together, before clipping.
    public let gradientNorm: Double
    /// Of all parameters together, after the step; without class weights that are updated in tiles.
    public let weightNorm: Double
    /// The mean length of an embedding.
    public let featureNorm: Double
}
