/// What a training loop tells whoever watches it.
public enum TrainingEvent: Sendable {
    /// Before the first step, of a head with many classes: whether its weights are updated tile by tile, without a
    /// gradient of their size, and what keeps them from it.
    case classUpdates(inTiles: Bool, obstacle: String?)
    /// After the first step's forward pass: the loss expected of the head at the start, and the one measured.
    case began(expectedLoss: Double?, measuredLoss: Double)
    case stepped(StepReport, totalSteps: Int)
    /// A figure on development data after an epoch or a number of steps, lower is better, and whether it is the
    /// best so far. The epoch is the one done or in progress, counted from 1.
    case evaluated(step: Int, epoch: Int, name: String, value: Double, isBest: Bool)
    /// The run ends before its last epoch: so many measurements in a row brought nothing better.
    case outOfPatience(measurements: Int)
    case saved(path: String)
    /// A checkpoint that could not be read, and that was passed over for the one before.
    case passedOver(path: String, reason: String)
}
