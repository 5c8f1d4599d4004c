import Datasets
import Foundation
import Training

/// How long training takes on this machine, measured on real batches, in seconds.
public struct StepTiming: Encodable, Sendable {
    public enum Bound: String, Encodable, Sendable {
        case network, loading
    }

    /// A step on a batch that is in memory.
    public let network: Double
    /// A batch read, decoded and varied while nothing else runs, for the first time.
    public let loading: Double
    /// A step of training as it will be, both at once.
    public let step: Double
    /// All steps; evaluations come on top.
    public let total: Double

    /// What a step waits for.
    public var bound: Bound { loading > network ? .loading : .network }

    private enum Key: String, CodingKey { case network, loading, step, total, bound }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(network, forKey: .network)
        try container.encode(loading, forKey: .loading)
        try container.encode(step, forKey: .step)
        try container.encode(total, forKey: .total)
        try container.encode(bound, forKey: .bound)
    }
}

/// What training holds in memory, in bytes.
public struct MemoryNeed: Encodable, Sendable {
    /// Weights, their gradients and the optimiser's state.
    public let parameters: Int
    /// The most that this process has held so far, a few real steps included where they were measured.
    public let peak: Int

    init(parameters count: Int, optimizer: OptimizerDescription) {
        parameters = count * 4 * (2 + optimizer.stateCount)
        peak = ResidentMemory.peak
    }
}

extension TrainingParts {
    /// Steps that are measured, after two that are not: the first ones choose algorithms and claim memory.
    private static let steps = 8
    private static let untimed = 2
    /// Seconds after which fewer steps will do.
    private static let patience = 10.0

    /// Trains for a few steps, first on one batch in memory and then on batches as they come, and loads batches
    /// without training. The parts are not fit for use afterwards.
    ///
    /// - Parameter progress: called with measurements done and in all.
    func timing(workers: Int?, progress: (Int, Int) -> Void) throws -> StepTiming {
        progress(0, 3)
        let batches = samples.sampler.batches(epoch: 0)
        let loading = try secondsPerBatch(data(samples.sampler, workers: workers), batches)
        progress(1, 3)
        // One batch over and over in a single epoch: it is in memory after the steps that are not timed.
        let first = batches.first ?? []
        let repeated = (0..<(Self.steps + Self.untimed)).flatMap { _ in first }
        let one = data(SequentialSampler(indices: repeated, batchSize: max(first.count, 1)), workers: workers)
        let network = try secondsPerStep(one)
        progress(2, 3)
        let step = try secondsPerStep(data(samples.sampler, workers: workers))
        progress(3, 3)
        return StepTiming(network: network, loading: loading, step: step, total: step * Double(stepCount))
    }

    /// The same samples in another order, nothing of them in memory yet.
    private func data(_ sampler: any Sampler, workers: Int?) -> TrainingData {
        TrainingData(
            source: samples.source, sampler: sampler, transform: samples.transform, augmentation: samples.augmentation,
            classes: samples.classes, mixup: samples.mixup, seed: 0, workers: workers)
    }

    private func secondsPerBatch(_ data: TrainingData, _ batches: [[Int]]) throws -> Double {
        let run = data.start(batches, epoch: 0)
        let start = Date()
        var count = 0
        while count < 4 * Self.steps, Date().timeIntervalSince(start) < Self.patience, try run.next() != nil {
            count += 1
        }
        return Date().timeIntervalSince(start) / Double(max(count, 1))
    }

    /// The median of a few steps.
    private func secondsPerStep(_ data: TrainingData) throws -> Double {
        let stop = StopSignal()
        let start = Date()
        var last = start
        var durations: [Double] = []
        let loop = try loop(over: data, epochs: Self.steps + Self.untimed, checkpoints: nil) { event in
            guard case .stepped = event else { return }
            durations.append(Date().timeIntervalSince(last))
            last = Date()
            let isEnough = durations.count >= Self.steps + Self.untimed
            if isEnough || durations.count > Self.untimed && last.timeIntervalSince(start) > Self.patience {
                stop.request()
            }
        }
        _ = try loop.run(stop: stop)
        let timed = durations.count > Self.untimed ? Array(durations.dropFirst(Self.untimed)) : durations
        return timed.sorted()[timed.count / 2]
    }
}
