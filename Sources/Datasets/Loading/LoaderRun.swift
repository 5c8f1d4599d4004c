import Foundation

/// One epoch that is being loaded. Used by one thread at a time.
///
/// When it is let go of before its end, the threads finish the samples in hand and stop.
public final class LoaderRun<Sample: Sendable> {
    let queue: BatchQueue<Sample>
    private let batches: [[Int]]

    init(batches: [[Int]], queue: BatchQueue<Sample>, workers: Int) {
        self.batches = batches
        self.queue = queue
        for _ in 0..<workers {
            // The thread holds the queue and not the run, so that the run can end while it works.
            Thread { queue.work() }.start()
        }
    }

    deinit {
        queue.stop()
    }

    /// The next batch, nil after the last.
    ///
    /// - Throws: the error of the first sample, in the batch's order, that could not be loaded. It is
    ///   thrown again by every later call.
    public func next() throws -> Loader<Sample>.Batch? {
        guard let (number, samples) = try queue.take() else { return nil }
        return Loader.Batch(number: number, indices: batches[number], samples: samples)
    }
}
