/// What a training loop tells whoever watches it.
public enum TrainingEvent: Sendable {
    /// Before the first step: the loss expected of the head at the start, and the first one measured.
    case began(expectedLoss: Double?, measuredLoss: Double)
    case stepped(StepReport, totalSteps: Int)
    /// After an epoch: a figure on development data, lower is better, and whether it is the best so far.
    case evaluated(epoch: Int, name: String, value: Double, isBest: Bool)
    case saved(path: String)
    /// A checkpoint that could not be read, and that was passed over for the one before.
    case passedOver(path: String, reason: String)
}
