import AngularMargin
import Datasets
import Foundation
import Models
import Networks
import Torch

/// Trains a backbone and a head together, step by step, and can stop and go on at any step.
///
/// Everything random is a function of the seed, the epoch and the sample, so that a run that was
/// stopped and resumed ends with the same weights as one that was not.
public final class TrainingLoop {
    /// What stays the same during a run.
    public struct Plan: Sendable {
        public var epochs: Int
        public var schedule: LearningRateSchedule
        public var margin: MarginSchedule
        /// Gradients are scaled down together when their norm is larger; `nil` leaves them.
        public var gradientNormLimit: Double?
        public var device: Device
        public var keep: Keep

        /// Which epoch's weights become the model.
        public enum Keep: String, Sendable, CaseIterable {
            /// The one with the best figure on development data.
            case best
            /// The last one: where a few development identities say little, their best epoch is one by chance.
            case last
        }

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

    public let plan: Plan
    public let data: TrainingData
    public private(set) var backbone: any Backbone
    public private(set) var head: MarginHead
    /// The head with its whole margin, of which the schedule applies a part.
    private let fullHead: Head
    public private(set) var state = TrainingState()
    private let optimizer: any Optimizer
    private let checkpoints: CheckpointStore?
    private let observer: (TrainingEvent) throws -> Void
    private var recentLosses: [Double] = []
    private var startTime = Date()

    /// - Parameters:
    ///   - optimizer: made for the parameters of this backbone and this head, which are on the plan's device.
    ///   - checkpoints: where the run is saved after each epoch and when it is stopped; `nil` saves nothing.
    ///   - observer: told of everything that happens; an error from it ends the run.
    public init(
        plan: Plan, data: TrainingData, backbone: any Backbone, head: MarginHead, optimizer: any Optimizer,
        checkpoints: CheckpointStore? = nil, observer: @escaping (TrainingEvent) throws -> Void = { _ in }
    ) {
        self.plan = plan
        self.data = data
        self.backbone = backbone
        self.head = head
        fullHead = head.head
        self.optimizer = optimizer
        self.checkpoints = checkpoints
        self.observer = observer
    }

    /// Goes on from the newest checkpoint that can be read.
    ///
    /// - Returns: whether there was one.
    /// - Throws: ``CheckpointError`` when it belongs to another network, optimiser or data set.
    public func resume() throws -> Bool {
        var passedOver: [(String, any Error)] = []
        let found = try checkpoints?.newest { passedOver.append(($0, $1)) }
        for (path, error) in passedOver { try observer(.passedOver(path: path, reason: "\(error)")) }
        guard let found else { return false }
        do {
            try restore(found)
        } catch let error as ModuleError {
            throw CheckpointError(path: found.path, reason: error.description)
        } catch let error as OptimizerError {
            throw CheckpointError(path: found.path, reason: error.description)
        }
        return true
    }

    private func restore(_ checkpoint: CheckpointStore.Checkpoint) throws {
        let state = checkpoint.state
        guard state.batch == 0 || state.batch <= data.batches(epoch: state.epoch).count else {
            throw CheckpointError(
                path: checkpoint.path,
                reason: "stands after batch \(state.batch) of an epoch that has "
                    + "\(data.batches(epoch: state.epoch).count)")
        }
        try backbone.load(checkpoint.tensors.part("network"))
        try head.load(checkpoint.tensors.part("head"))
        try optimizer.restore(checkpoint.tensors.part("optimizer"))
        self.state = state
    }

    /// Trains to the end of the plan.
    ///
    /// - Parameters:
    ///   - evaluate: called after each epoch; gives a figure on development data, lower is better, or
    ///     `nil` where there is none. The loop says whether it is the best.
    ///   - onBest: called when it is, to keep the model.
    ///   - stop: looked at after each step.
    /// - Returns: false when it was stopped before the end; a checkpoint was written then.
    /// - Throws: ``NonFiniteLossError``, or what reading the samples threw.
    public func run(
        stop: StopSignal = StopSignal(),
        evaluate: (any Backbone) throws -> (name: String, value: Double)? = { _ in nil },
        onBest: (any Backbone) throws -> Void = { _ in }
    ) throws -> Bool {
        startTime = Date()
        while state.epoch < plan.epochs {
            let batches = data.batches(epoch: state.epoch)
            let loading = data.start(batches, epoch: state.epoch, from: state.batch)
            while let batch = try loading.next() {
                try step(batch)
                state.batch += 1
                if stop.isRequested {
                    try checkWeights()
                    try save()
                    return false
                }
            }
            try checkWeights()
            state.epoch += 1
            state.batch = 0
            try measure(evaluate, onBest)
            try save()
        }
        return true
    }

    private func step(_ batch: Loader<Image>.Batch) throws {
        let factor = plan.margin.factor(step: state.step, totalSteps: plan.schedule.totalSteps)
        let learningRate = plan.schedule.rate(step: state.step)
        let pictures = try data.transform.batch(batch.samples).to(plan.device).contiguous(.channelsLast)
        let labels = try data.labels(of: batch.indices).to(plan.device)

        try optimizer.clearGradients()
        head.head = fullHead.withMargin(scaledBy: factor)
        let features = try backbone(pictures, mode: .training)
        let (output, loss) = try evaluate(features, labels, pictures, batch.indices, learningRate)
        if state.step == 0 {
            let expected = try head.expectedFirstLoss(generator: Generator(seed: 0, device: plan.device))
            try observer(.began(expectedLoss: expected, measuredLoss: loss))
        }
        try output.loss.backward()
        let norm = try clipGradients(loss, batch.indices, learningRate)
        try optimizer.step(learningRate: learningRate)
        if head.head.weightConvention == .projected { try head.projectWeights() }

        state.step += 1
        recentLosses = recentLosses.suffix(4) + [loss]
        try observer(
            .stepped(
                StepReport(
                    step: state.step, epoch: state.epoch + 1, loss: loss,
                    targetAngle: try output.meanTargetAngle(),
                    accuracy: Double(try output.correctCount()) / Double(batch.indices.count),
                    learningRate: learningRate, gradientNorm: norm, marginFactor: factor,
                    sampleCount: batch.indices.count, seconds: Date().timeIntervalSince(startTime)),
                totalSteps: plan.schedule.totalSteps))
    }

    /// The head's output and its loss as a number.
    ///
    /// - Throws: ``NonFiniteLossError`` when that is none, also where the head refused numbers as too large.
    private func evaluate(
        _ features: Tensor, _ labels: Tensor, _ pictures: Tensor, _ indices: [Int], _ learningRate: Double
    ) throws -> (HeadOutput, Double) {
        func failure(_ loss: Double, refused: HeadError? = nil) throws -> NonFiniteLossError {
            let place = try firstNonFinite(backbone: backbone, head: head, pictures: pictures, features: features)
            let ofHead = refused.map { "the head: \($0)" } ?? "the head's loss (embeddings and weights are finite)"
            return self.failure(loss, place ?? ofHead, indices, learningRate)
        }
        do {
            let output = try head(features, labels: labels)
            let loss = try output.loss.item()
            guard loss.isFinite else { throw try failure(loss) }
            return (output, loss)
        } catch let error as HeadError {
            switch error {
            case .entryOutOfRange, .logitOutOfRange: throw try failure(.nan, refused: error)
            case .labelOutOfRange, .missingBias, .wrongShape, .wrongType, .amountCount, .notPairs, .notStreamed, .combination:
                throw error
            }
        }
    }

    /// The error of the step in hand.
    private func failure(
        _ loss: Double, _ place: String, _ indices: [Int], _ learningRate: Double
    ) -> NonFiniteLossError {
        NonFiniteLossError(
            step: state.step + 1, loss: loss, place: place, files: data.places(of: indices),
            learningRate: learningRate, recentLosses: recentLosses)
    }

    /// Scales gradients down to the plan's limit.
    ///
    /// - Returns: their norm before; `nil` where there is no limit.
    private func clipGradients(_ loss: Double, _ indices: [Int], _ learningRate: Double) throws -> Double? {
        guard let limit = plan.gradientNormLimit else { return nil }
        let norm = try optimizer.gradientNorm()
        guard norm.isFinite else {
            throw failure(loss, "the gradients, whose norm is \(norm)", indices, learningRate)
        }
        if norm > limit {
            for parameter in optimizer.groups.flatMap(\.parameters) {
                try parameter.tensor.gradient?.multiply(by: limit / norm)
            }
        }
        return norm
    }

    /// Refuses to measure or save weights that a step has driven out of all bounds.
    private func checkWeights() throws {
        guard let name = try firstNonFinite(backbone: backbone, head: head) else { return }
        throw NonFiniteLossError(
            step: state.step, loss: recentLosses.last ?? .nan, place: "\(name), after the step", files: [],
            learningRate: plan.schedule.rate(step: state.step - 1), recentLosses: recentLosses.dropLast())
    }

    private func measure(
        _ evaluate: (any Backbone) throws -> (name: String, value: Double)?,
        _ onBest: (any Backbone) throws -> Void
    ) throws {
        guard let figure = try evaluate(backbone) else { return }
        let isBest =
            switch plan.keep {
            // Of epochs that are equally good the later one is kept: it has learned for longer.
            case .best: state.best.map { figure.value <= $0.value } ?? true
            case .last: state.epoch == plan.epochs
            }
        if isBest {
            state.best = .init(name: figure.name, value: figure.value, epoch: state.epoch)
            try onBest(backbone)
        }
        try observer(.evaluated(epoch: state.epoch, name: figure.name, value: figure.value, isBest: isBest))
    }

    private func save() throws {
        guard let checkpoints else { return }
        let tensors =
            backbone.tensors.map { ("network.\($0.name)", $0.tensor) }
            + head.tensors.map { ("head.\($0.name)", $0.tensor) }
            + optimizer.state.map { ("optimizer.\($0.name)", $0.tensor) }
        try observer(.saved(path: checkpoints.save(state, tensors: tensors)))
    }
}

extension [String: Tensor] {
    /// The tensors whose name begins with a part's, without it.
    fileprivate func part(_ name: String) -> [String: Tensor] {
        let prefix = name + "."
        let members = filter { $0.key.hasPrefix(prefix) }
        return Dictionary(uniqueKeysWithValues: members.map { (String($0.key.dropFirst(prefix.count)), $0.value) })
    }
}
