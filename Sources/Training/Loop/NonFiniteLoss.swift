/// A loss, gradients or weights that are infinite or not a number, with what is needed to find out why.
public struct NonFiniteLossError: Error, Sendable, CustomStringConvertible {
    /// The step, counted from 1.
    public let step: Int
    public let loss: Double
    /// The first place, from the input to the loss and back, where a number is not finite or too large.
    public let place: String
    /// The operator, by libtorch's name, where one was found.
    public let operation: String?
    /// The files of the batch; none where the step itself went out of bounds.
    public let files: [String]
    public let learningRate: Double
    /// The weight of the largest magnitude, and how large it is.
    public let largestWeight: (name: String, magnitude: Double)
    /// The last steps that went well, oldest first.
    public let history: [StepStatistics]

    public var description: String {
        let operation = operation.map { " (\($0))" } ?? ""
        return """
            the loss is \(loss) at step \(step); the first number that is not finite, or too large, is in \
            \(place)\(operation).
            Learning rate: \(learningRate). Largest weight: \(rounded(largestWeight.magnitude)) in \(largestWeight.name).
            \(table)
            A lower learning rate, a warm-up, gradients with a limit (training.gradient_norm_limit), or a margin that \
            grows (training.margin_ramp) usually helps.\(batch)
            """
    }

    private var table: String {
        guard !history.isEmpty else { return "It is the first step of this process." }
        let lines = history.map { step in
            "  step \(step.step): loss \(rounded(step.loss)), gradient norm \(rounded(step.gradientNorm)), "
                + "weight norm \(rounded(step.weightNorm)), mean length of embeddings \(rounded(step.featureNorm))"
        }
        return "The last steps that went well:\n" + lines.joined(separator: "\n")
    }

    private var batch: String {
        guard !files.isEmpty else { return "" }
        let more = files.count > 8 ? ["and \(files.count - 8) more"] : []
        return " The batch:" + (files.prefix(8) + more).map { "\n  \($0)" }.joined()
    }

    /// Five digits, as a reader needs no more.
    private func rounded(_ value: Double) -> String {
        guard value.isFinite, value != 0 else { return "\(value)" }
        var unit = 1.0
        while abs(value) / unit >= 1e5 { unit *= 10 }
        while abs(value) / unit < 1e4 { unit /= 10 }
        return "\(Float((value / unit).rounded() * unit))"
    }
}
