/// What a network is called for. It is an argument of the call, never a state of the network.
public struct Mode: Sendable, Hashable {
    /// Whether batch normalisation uses the mean and variance of the batch at hand, and dropout its masks.
    public let isTraining: Bool
    /// Whether its running mean and variance move towards those of the batch.
    public let updatesStatistics: Bool
    /// What masks are drawn from: the same seed, the same masks. A training loop gives every step another one, made of
    /// the run's seed and the step's place, so that there is no generator's state to be kept from step to step.
    public let seed: UInt64

    /// A training step: the batch's statistics, which the running ones follow, and the masks of seed 0.
    public static let training = training()

    /// A training step.
    ///
    /// - Parameters:
    ///   - updatingStatistics: `false` leaves the running statistics alone: a virtual step, which calls the network with
    ///     parameters that it will not keep.
    ///   - seed: what masks are drawn from; another one for every step.
    public static func training(updatingStatistics: Bool = true, seed: UInt64 = 0) -> Mode {
        Mode(isTraining: true, updatesStatistics: updatingStatistics, seed: seed)
    }

    /// The running statistics, and no masks: each sample's result is its own, whatever else is in the batch.
    public static let evaluation = Mode(isTraining: false, updatesStatistics: false, seed: 0)
}
