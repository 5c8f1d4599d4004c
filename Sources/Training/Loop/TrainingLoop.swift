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
    public let plan: Plan
    public let data: TrainingData
    public private(set) var backbone: any Backbone
    public internal(set) var head: MarginHead
    /// The head with its whole margin, of which the schedule applies a part.
    let fullHead: Head
    public internal(set) var state = TrainingState()
    let optimizer: any Optimizer
    let classUpdating: ClassUpdating
    let average: WeightAverage?
    let checkpoints: CheckpointStore?
    let observer: (TrainingEvent) throws -> Void
    var history = StepHistory()
    var startTime = Date()
    var lastSaved = Date()
    var stepsSinceSaved = 0

    /// - Parameters:
    ///   - optimizer: made for the parameters of this backbone and this head, which are on the plan's device.
    ///   - checkpoints: where the run is saved as the plan says, after each epoch, and when it is stopped;
    ///     `nil` saves nothing.
    ///   - observer: told of everything that happens; an error from it ends the run.
    public init(
        plan: Plan, data: TrainingData, backbone: any Backbone, head: MarginHead, optimizer: any Optimizer,
        checkpoints: CheckpointStore? = nil, observer: @escaping (TrainingEvent) throws -> Void = { _ in }
    ) throws {
        self.plan = plan
        self.data = data
        self.backbone = backbone
        self.head = head
        fullHead = head.head
        self.optimizer = optimizer
        classUpdating = ClassUpdating(plan, mixup: data.mixup, head: head, optimizer: optimizer)
        average = try plan.averageDecay.map {
            try WeightAverage(decay: $0, of: backbone, head: plan.averagesHead ? head : nil)
        }
        self.checkpoints = checkpoints
        self.observer = observer
    }

    /// The network that is measured and kept: the averaged one, where the plan has an average.
    public var measuredBackbone: any Backbone { average?.backbone ?? backbone }
    /// The head that goes with it.
    public var measuredHead: MarginHead { average?.head ?? head }

    /// Trains to the end of the plan.
    ///
    /// - Parameters:
    ///   - evaluate: called after each epoch, or as often as the plan says; gives a figure on development data,
    ///     lower is better, or `nil` where there is none. The loop says whether it is the best.
    ///   - onBest: called when it is, to keep the model.
    ///   - stop: looked at after each step.
    /// - Returns: false when it was stopped before the end; a checkpoint was written then.
    /// - Throws: ``NonFiniteLossError``, or what reading the samples threw.
    public func run(
        stop: StopSignal = StopSignal(),
        evaluate: (any Backbone, MarginHead) throws -> (name: String, value: Double)? = { _, _ in nil },
        onBest: (any Backbone, MarginHead) throws -> Void = { _, _ in }
    ) throws -> Bool {
        startTime = Date()
        lastSaved = startTime
        if classUpdating.rows != nil || classUpdating.obstacle != nil {
            try observer(.classUpdates(inTiles: classUpdating.rows != nil, obstacle: classUpdating.obstacle))
        }
        while !isFinished {
            let batches = data.batches(epoch: state.epoch)
            let loading = data.start(batches, epoch: state.epoch, from: state.batch)
            while !isFinished, let batch = try span("wait for data", loading.next) {
                try step(batch)
                state.batch += 1
                stepsSinceSaved += 1
                let isMeasured = state.batch < batches.count && isValidationStep
                guard isMeasured || stop.isRequested || isCheckpointDue else { continue }
                try checkWeights()
                if isMeasured { try span("measure on development data") { try measure(evaluate, onBest) } }
                if stop.isRequested || isCheckpointDue || isFinished { try span("save") { try save() } }
                if stop.isRequested { return isFinished }
            }
            if isFinished { break }
            try checkWeights()
            state.epoch += 1
            state.batch = 0
            if plan.validationInterval == nil || isValidationStep || state.epoch == plan.epochs {
                try span("measure on development data") { try measure(evaluate, onBest) }
            }
            try span("save") { try save() }
        }
        return true
    }

    private var isFinished: Bool { state.epoch >= plan.epochs || isOutOfPatience }

    private var isOutOfPatience: Bool { plan.patience.map { state.measurementsSinceLowest >= $0 } ?? false }

    private var isValidationStep: Bool { plan.validationInterval.map { state.step.isMultiple(of: $0) } ?? false }

    private func measure(
        _ evaluate: (any Backbone, MarginHead) throws -> (name: String, value: Double)?,
        _ onBest: (any Backbone, MarginHead) throws -> Void
    ) throws {
        guard let figure = try evaluate(measuredBackbone, measuredHead) else { return }
        let isLowest = state.lowest.map { figure.value < $0 } ?? true
        state.measurementsSinceLowest = isLowest ? 0 : state.measurementsSinceLowest + 1
        if isLowest { state.lowest = figure.value }
        let isBest =
            switch plan.keep {
            // Of epochs that are equally good the later one is kept: it has learned for longer.
            case .best: state.best.map { figure.value <= $0.value } ?? true
            case .last: isFinished
            }
        let epoch = state.batch == 0 ? state.epoch : state.epoch + 1
        if isBest {
            state.best = .init(name: figure.name, value: figure.value, epoch: epoch)
            try onBest(measuredBackbone, measuredHead)
        }
        try observer(
            .evaluated(step: state.step, epoch: epoch, name: figure.name, value: figure.value, isBest: isBest))
        if isOutOfPatience { try observer(.outOfPatience(measurements: state.measurementsSinceLowest)) }
    }
}
