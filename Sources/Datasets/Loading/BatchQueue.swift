import Foundation

/// What workers and consumer of one epoch share: which samples are claimed, and batches in the making.
///
/// Every field below the condition is touched only while it is locked.
final class BatchQueue<Sample: Sendable>: @unchecked Sendable {
    private let load: @Sendable (_ batch: Int, _ position: Int) throws -> Sample
    private let sizes: [Int]
    private let prefetch: Int
    private let chunk: Int

    private let condition = NSCondition()
    private var unclaimed: (batch: Int, position: Int)
    private var delivered: Int
    private var inTheMaking: [Int: PartialBatch] = [:]
    private var failure: (any Error)?
    private var isStopped = false
    private var liveWorkers: Int

    /// A batch of which some samples are there.
    private struct PartialBatch {
        var samples: [Sample?]
        var missing: Int
        var failure: (position: Int, error: any Error)?
    }

    /// A stretch of one batch that one worker loads.
    private struct Claim {
        let batch: Int
        let positions: Range<Int>
    }

    init(
        sizes: [Int], first: Int, prefetch: Int, workers: Int,
        load: @escaping @Sendable (_ batch: Int, _ position: Int) throws -> Sample
    ) {
        self.sizes = sizes
        self.prefetch = prefetch
        self.load = load
        unclaimed = (first, 0)
        delivered = first
        liveWorkers = workers
        // Short enough that workers end a batch together, long enough that locking costs little.
        chunk = max(1, (sizes.first ?? 1) / (4 * max(1, workers)))
    }

    /// The body of a worker's thread.
    func work() {
        while let claim = waitForClaim() { fulfil(claim) }
        condition.withLock {
            liveWorkers -= 1
            condition.broadcast()
        }
    }

    /// Makes the workers end, each after the samples in hand.
    func stop() {
        condition.withLock {
            isStopped = true
            inTheMaking = [:]
            condition.broadcast()
        }
    }

    /// Waits until no worker is left.
    func waitForWorkers() {
        condition.withLock {
            while liveWorkers > 0 { condition.wait() }
        }
    }

    /// Waits for the next batch in order, nil after the last; loads it itself where nobody else does.
    func take() throws -> (number: Int, samples: [Sample])? {
        condition.lock()
        defer { condition.unlock() }
        if let failure { throw failure }
        guard delivered < sizes.count else { return nil }
        while sizes[delivered] > 0, inTheMaking[delivered]?.missing != 0 {
            if liveWorkers > 0 {
                condition.wait()
            } else if let claim = claim() {
                condition.unlock()
                fulfil(claim)
                condition.lock()
            }
        }
        let batch = inTheMaking.removeValue(forKey: delivered)
        delivered += 1
        condition.broadcast()
        if let error = batch?.failure?.error {
            failure = error
            isStopped = true
            throw error
        }
        return (delivered - 1, batch?.samples.compactMap { $0 } ?? [])
    }

    private func waitForClaim() -> Claim? {
        condition.lock()
        defer { condition.unlock() }
        while true {
            if isStopped || unclaimed.batch >= sizes.count { return nil }
            if let claim = claim() { return claim }
            condition.wait()
        }
    }

    /// The next stretch of samples, unless enough batches are ahead. The lock is held.
    private func claim() -> Claim? {
        while unclaimed.batch < sizes.count, unclaimed.position >= sizes[unclaimed.batch] {
            unclaimed = (unclaimed.batch + 1, 0)
        }
        let (batch, start) = unclaimed
        guard batch < min(sizes.count, delivered + prefetch) else { return nil }
        if start == 0 {
            let size = sizes[batch]
            inTheMaking[batch] = PartialBatch(samples: Array(repeating: nil, count: size), missing: size)
        }
        unclaimed.position = min(start + chunk, sizes[batch])
        return Claim(batch: batch, positions: start..<unclaimed.position)
    }

    private func fulfil(_ claim: Claim) {
        var samples: [Sample] = []
        var failure: (position: Int, error: any Error)?
        for position in claim.positions {
            do {
                samples.append(try load(claim.batch, position))
            } catch {
                failure = (position, error)
                break
            }
        }
        condition.withLock {
            guard var batch = inTheMaking.removeValue(forKey: claim.batch) else { return }
            for (offset, sample) in samples.enumerated() {
                batch.samples[claim.positions.lowerBound + offset] = sample
            }
            if let failure, failure.position < batch.failure?.position ?? .max { batch.failure = failure }
            batch.missing -= claim.positions.count
            inTheMaking[claim.batch] = batch
            if batch.missing == 0 { condition.broadcast() }
        }
    }
}
