import Foundation

/// The course of a training run, as its log tells it.
public struct TrainingHistory: Hashable, Sendable {
    /// One step and its loss.
    public struct Step: Hashable, Sendable {
        public let step: Int
        public let epoch: Int
        public let loss: Double
        /// The mean angle between an embedding and its class, in radians, where the head has classes.
        public let targetAngle: Double?

        public init(step: Int, epoch: Int, loss: Double, targetAngle: Double? = nil) {
            self.step = step
            self.epoch = epoch
            self.loss = loss
            self.targetAngle = targetAngle
        }
    }

    /// A figure on development data.
    public struct Evaluation: Hashable, Sendable {
        /// The step after which it was measured.
        public let step: Int
        /// The epoch done or in progress, counted from 1.
        public let epoch: Int
        /// The metric's full name.
        public let name: String
        public let value: Double
        /// Whether it was the best so far.
        public let isBest: Bool

        public init(step: Int, epoch: Int, name: String, value: Double, isBest: Bool) {
            self.step = step
            self.epoch = epoch
            self.name = name
            self.value = value
            self.isBest = isBest
        }
    }

    public private(set) var steps: [Step] = []
    public private(set) var evaluations: [Evaluation] = []

    public init() {}

    /// Reads a log: one JSON object per line, of which the events `step` and `evaluated` count.
    ///
    /// What is not an object, such as a line that was cut off when the machine stopped, is passed over.
    public init(log: Data) {
        let decoder = JSONDecoder()
        for line in log.split(separator: UInt8(ascii: "\n")) {
            guard let row = try? decoder.decode(Row.self, from: line) else { continue }
            switch row.event {
            case "step":
                if let step = row.step, let epoch = row.epoch, let loss = row.loss {
                    append(Step(step: step, epoch: epoch, loss: loss, targetAngle: row.targetAngle))
                }
            case "evaluated":
                // Older logs do not say after which step.
                if let step = row.step ?? steps.last?.step, let epoch = row.epoch, let name = row.name,
                    let value = row.value
                {
                    append(
                        Evaluation(step: step, epoch: epoch, name: name, value: value, isBest: row.isBest ?? false))
                }
            default: break
            }
        }
    }

    /// Adds a step. Where it was done before, the run was resumed at an earlier checkpoint: what came after that
    /// is forgotten.
    public mutating func append(_ step: Step) {
        if let last = steps.last, step.step <= last.step {
            steps.removeAll { $0.step >= step.step }
            evaluations.removeAll { $0.step >= step.step }
        }
        steps.append(step)
    }

    /// Adds a figure after the last step so far.
    public mutating func append(_ evaluation: Evaluation) {
        evaluations.append(evaluation)
    }

    private struct Row: Decodable {
        let event: String
        let step: Int?
        let epoch: Int?
        let loss: Double?
        let targetAngle: Double?
        let name: String?
        let value: Double?
        let isBest: Bool?
    }
}
