import Networks
import Torch

/// A loss that is infinite or not a number, with what is needed to find out why.
public struct NonFiniteLossError: Error, Sendable, CustomStringConvertible {
    /// The step, counted from 1.
    public let step: Int
    public let loss: Double
    /// The first place, from the input to the loss, where a number is not finite.
    public let place: String
    /// The files of the batch.
    public let files: [String]
    public let learningRate: Double
    /// The losses of the last steps before, oldest first.
    public let recentLosses: [Double]

    public var description: String {
        let shown = files.prefix(8).joined(separator: "\n  ")
        let more = files.count > 8 ? "\n  and \(files.count - 8) more" : ""
        let recent = recentLosses.map { "\(($0 * 1e4).rounded() / 1e4)" }.joined(separator: ", ")
        return """
            the loss is \(loss) at step \(step); the first number that is not finite is in \(place).
            Losses before: \(recent.isEmpty ? "none, this is the first step" : recent). Learning rate: \(learningRate).
            A lower learning rate, a warm-up, or a margin that grows (training.margin_ramp) usually helps. The batch:
              \(shown)\(more)
            """
    }
}

/// Where the first number that is not finite is found, from the input to the loss.
func firstNonFinite(
    backbone: any Backbone, head: some Module, pictures: Tensor, features: Tensor
) throws -> String {
    func isFinite(_ tensor: Tensor) throws -> Bool {
        try !tensor.scalarType.isFloatingPoint || tensor.isFinite().all()
    }
    if try !isFinite(pictures) { return "the pictures" }
    for named in backbone.tensors where try !isFinite(named.tensor) { return "the network's \(named.name)" }
    if try !isFinite(features) { return "the network's embeddings (its weights are finite)" }
    for named in head.tensors where try !isFinite(named.tensor) { return "the head's \(named.name)" }
    return "the head's loss (embeddings and weights are finite)"
}
