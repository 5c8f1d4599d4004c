/// What a network is called for. It is an argument of the call, never a state of the network.
public struct Mode: Sendable, Hashable {
    /// Whether batch normalisation uses the mean and variance of the batch at hand.
    public let isTraining: Bool
    /// Whether its running mean and variance move towards those of the batch.
    public let updatesStatistics: Bool

    /// A training step: the batch's statistics, which the running ones follow.
    public static let training = Mode(isTraining: true, updatesStatistics: true)

    /// A training step that leaves the running statistics alone if so asked: a virtual step, which
    /// calls the network with parameters that it will not keep.
    public static func training(updatingStatistics: Bool) -> Mode {
        Mode(isTraining: true, updatesStatistics: updatingStatistics)
    }

    /// The running statistics: each sample's result is its own, whatever else is in the batch.
    public static let evaluation = Mode(isTraining: false, updatesStatistics: false)
}
