import Torch

extension TrainingLoop {
    /// What stays the same during a run.
    public struct Plan: Sendable {
        public var epochs: Int
        public var schedule: LearningRateSchedule
        public var margin: MarginSchedule
        /// Gradients are scaled down together when their norm is larger; `nil` leaves them.
        public var gradientNormLimit: Double?
        /// Each batch goes through the network in this many pieces, whose gradients add up to the whole batch's.
        public var accumulation = 1
        /// The type in which the network computes matrix products and convolutions. The head stays in float32.
        public var precision = Precision.float32
        /// The decay of the moving average of the network's weights, which is then what is measured and kept.
        public var averageDecay: Double?
        /// Whether that average takes the head's class weights in, because they tell classes apart later.
        public var averagesHead = false
        public var device: Device
        public var keep: Keep
        /// Steps between two measurements on development data, and one at the end; `nil` measures after each epoch.
        public var validationInterval: Int?
        /// The run ends after so many measurements in a row that were no better than the best before.
        public var patience: Int?
        public var checkpointInterval = CheckpointInterval.standard
        public var classUpdates = ClassUpdates.automatic
        /// Whether every operator's result is looked at: slow, to find what goes wrong.
        public var detectsAnomalies = false

        public init(
            epochs: Int, schedule: LearningRateSchedule, margin: MarginSchedule = .none,
            gradientNormLimit: Double? = nil, device: Device = .cpu, keep: Keep = .best
        ) {
            self.epochs = epochs
            self.schedule = schedule
            self.margin = margin
            self.gradientNormLimit = gradientNormLimit
            self.device = device
            self.keep = keep
        }
    }
}

extension TrainingLoop.Plan {
    public enum Precision: String, Sendable, CaseIterable {
        case float32
        /// Eight bits of digits and the range of float32, where the device has it (``/Torch/Device/hasAutocast``).
        case bfloat16
    }

    /// Which measurement's weights become the model.
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
