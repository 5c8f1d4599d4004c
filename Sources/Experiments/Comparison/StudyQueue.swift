import Dispatch
import Foundation
import Training

/// Carries out runs side by side, and writes each into the study's file when it is finished.
final class StudyQueue: @unchecked Sendable {
    /// A run that may be in the file already.
    struct Entry: Sendable {
        let key: StudyRow.Run
        let fingerprint: String
        let folder: String
        /// 0 for what is made of another run's decisions.
        let epochs: Int
        let run: StudyRun
    }

    private let file: StudyFile
    private let study: String
    private let stop: StopSignal
    private let launch: @Sendable (StudyRun) throws -> Bool
    private let observer: @Sendable (Comparison.Event) -> Void
    // Everything below is touched under the lock alone.
    private let lock = NSLock()
    private var finished: Set<StudyRow.Run>
    private var failure: (any Error)?
    private var done = 0
    private var total = 0
    private var epochsDone = 0
    private var epochsInAll = 0
    private let start = Date()

    init(
        file: StudyFile, study: String, rows: [StudyRow], stop: StopSignal,
        launch: @escaping @Sendable (StudyRun) throws -> Bool, observer: @escaping @Sendable (Comparison.Event) -> Void
    ) {
        self.file = file
        self.study = study
        finished = Set(rows.map(\.run))
        self.stop = stop
        self.launch = launch
        self.observer = observer
    }

    /// Says what is still to be done, for the time that is left.
    func expect(runs: Int, epochs: Int) {
        lock.withLock {
            total = done + runs
            epochsInAll = epochsDone + epochs
        }
    }

    /// Those that are not in the file.
    func unfinished(_ entries: [Entry]) -> [Entry] {
        lock.withLock { entries.filter { !finished.contains($0.key) } }
    }

    /// - Throws: the first thing that kept a run from its end; runs beside it are finished first.
    func carryOut(_ entries: [Entry], jobs: Int) throws {
        let open = unfinished(entries)
        let next = Counter(limit: open.count)
        DispatchQueue.concurrentPerform(iterations: jobs) { _ in
            while !isOver, let place = next.take() {
                do {
                    try carryOut(open[place])
                } catch {
                    lock.withLock { failure = failure ?? error }
                }
            }
        }
        if let failure = lock.withLock({ failure }) { throw failure }
    }

    private var isOver: Bool { stop.isRequested || lock.withLock { failure != nil } }

    private func carryOut(_ entry: Entry) throws {
        if entry.epochs > 0 { lock.withLock { observer(.began(entry.key)) } }
        // A process that was killed may have left a finished run that is not in the file.
        if StudyRun.result(in: entry.folder) == nil {
            guard try launch(entry.run) else { return }
        }
        guard let result = StudyRun.result(in: entry.folder) else {
            throw ComparisonError("\(entry.folder): the run has left no result")
        }
        try record(result, of: entry)
    }

    /// Writes a result into the file, and tells of it.
    private func record(_ result: StudyRun.Result, of entry: Entry) throws {
        let collapsed = result.collapse.map {
            [StudyRun.Figure(metric: StudyRow.collapse, subset: $0, value: 1, trials: nil)]
        }
        let rows = ((collapsed ?? []) + result.figures).map { figure in
            StudyRow(
                study: study, run: entry.key, metric: figure.metric, subset: figure.subset, value: figure.value,
                trials: figure.trials, fingerprint: entry.fingerprint)
        }
        try lock.withLock {
            try file.append(rows)
            finished.insert(entry.key)
            // What is made of other runs' decisions is no work to tell of.
            guard entry.epochs > 0 else { return }
            done += 1
            epochsDone += entry.epochs
            let left =
                Date().timeIntervalSince(start) / Double(epochsDone) * Double(max(0, epochsInAll - epochsDone))
            let development = result.figures.first { $0.subset == StudyRow.development }?.value
            observer(
                .finished(
                    entry.key, development: development, collapse: result.collapse, done: done, of: max(total, done),
                    secondsLeft: left))
        }
    }
}

/// Hands out the numbers below a limit, each once, to any thread.
private final class Counter: @unchecked Sendable {
    private let lock = NSLock()
    private let limit: Int
    private var next = 0

    init(limit: Int) {
        self.limit = limit
    }

    func take() -> Int? {
        lock.withLock {
            guard next < limit else { return nil }
            next += 1
            return next - 1
        }
    }
}
