import Torch

extension TrainingLoop {
    /// What stays the same during a run.
    public struct Plan: Sendable {
        public var epochs: Int
        public var schedule: LearningRateSchedule
        public var margin: MarginSchedule
        /// Gradients are scaled down together when their norm is larger; `nil` leaves them.
        public var gradientNormLimit: Double?
        public var device: Device
        public var keep: Keep
        public var checkpointInterval: CheckpointInterval

        public init(
            epochs: Int, schedule: LearningRateSchedule, margin: MarginSchedule = .none,
            gradientNormLimit: Double? = nil, device: Device = .cpu, keep: Keep = .best,
            checkpointInterval: CheckpointInterval = .standard
        ) {
            self.epochs = epochs
            self.schedule = schedule
            self.margin = margin
            self.gradientNormLimit = gradientNormLimit
            self.device = device
            self.keep = keep
            self.checkpointInterval = checkpointInterval
        }
    }
}

extension TrainingLoop.Plan {
    /// Which epoch's weights become the model.
    public enum Keep: String, Sendable, CaseIterable {
        /// The one with the best figure on development data.
        case best
        /// The last one: where a few development identities say little, their best epoch is one by chance.
        case last
    }

    /// When the run is saved inside an epoch. At the end of each epoch it is saved in any case.
    public enum CheckpointInterval: Sendable, Hashable {
        /// When so many steps were done since the last checkpoint.
        case steps(Int)
        /// When so much time has passed since.
        case seconds(Double)

        /// Ten minutes: what a power cut may cost at most, and seldom enough for the largest networks.
        public static let standard = seconds(600)
    }
}
