import Networks
import Torch

/// A loss, or weights, that are infinite or not a number, with what is needed to find out why.
public struct NonFiniteLossError: Error, Sendable, CustomStringConvertible {
    /// The step, counted from 1.
    public let step: Int
    public let loss: Double
    /// The first place, from the input to the loss, where a number is not finite or too large.
    public let place: String
    /// The files of the batch; none where the step itself went out of bounds.
    public let files: [String]
    public let learningRate: Double
    /// The losses of the last steps before, oldest first.
    public let recentLosses: [Double]

    public var description: String {
        let recent = recentLosses.map { "\(($0 * 1e4).rounded() / 1e4)" }.joined(separator: ", ")
        return """
            the loss is \(loss) at step \(step); the first number that is not finite, or too large, is in \(place).
            Losses before: \(recent.isEmpty ? "none, this is the first step" : recent). Learning rate: \(learningRate).
            A lower learning rate, a warm-up, or a margin that grows (training.margin_ramp) usually helps.\(batch)
            """
    }

    private var batch: String {
        guard !files.isEmpty else { return "" }
        let more = files.count > 8 ? ["and \(files.count - 8) more"] : []
        return " The batch:" + (files.prefix(8) + more).map { "\n  \($0)" }.joined()
    }
}

/// Where the first number that is not finite is found, from the input to the head; `nil` where all are.
func firstNonFinite(
    backbone: any Backbone, head: some Module, pictures: Tensor? = nil, features: Tensor? = nil
) throws -> String? {
    func isFinite(_ tensor: Tensor?) throws -> Bool {
        guard let tensor, tensor.scalarType.isFloatingPoint else { return true }
        return try tensor.isFinite().all()
    }
    if try !isFinite(pictures) { return "the pictures" }
    for named in backbone.tensors where try !isFinite(named.tensor) { return "the network's \(named.name)" }
    if try !isFinite(features) { return "the network's embeddings (its weights are finite)" }
    for named in head.tensors where try !isFinite(named.tensor) { return "the head's \(named.name)" }
    return nil
}
