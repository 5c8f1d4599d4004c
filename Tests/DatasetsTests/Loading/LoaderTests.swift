import Foundation
import Testing

@testable import Datasets

@Suite struct LoaderTests {
    private struct Failure: Error, CustomStringConvertible {
        let index: Int
        var description: String { "no sample \(index)" }
    }

    private static let batches = [[3, 1, 4, 1], [5, 9, 2, 6], [], [5, 3, 5], [8]]

    /// Everything an epoch delivers: indices and a random number for each sample.
    private func delivered(workers: Int, prefetch: Int = 2, epoch: Int = 1, from first: Int = 0) throws -> [[UInt64]] {
        let loader = Loader<UInt64>(workers: workers, prefetch: prefetch, seed: 11) { index, generator in
            // Early samples take longer, so that results come out of order.
            usleep(UInt32(3000 / (index + 1)))
            return UInt64(index) << 32 | generator.next() >> 32
        }
        let run = loader.start(Self.batches, epoch: epoch, from: first)
        var all: [[UInt64]] = []
        while let batch = try run.next() {
            #expect(batch.number == first + all.count)
            #expect(batch.samples.map { Int($0 >> 32) } == batch.indices)
            all.append(batch.samples)
        }
        #expect(try run.next() == nil)
        return all
    }

    @Test func resultsDoNotDependOnWorkers() throws {
        let alone = try delivered(workers: 0)
        #expect(alone.map(\.count) == Self.batches.map(\.count))
        for workers in [1, 2, 7] {
            for prefetch in [1, 4] { #expect(try delivered(workers: workers, prefetch: prefetch) == alone) }
        }
        #expect(try delivered(workers: 2, epoch: 2) != alone)
        #expect(try delivered(workers: 2, from: 3) == Array(alone[3...]))
    }

    @Test func aRepeatedSampleVaries() throws {
        let all = try delivered(workers: 2)
        // Index 1 comes twice in the first batch, index 5 three times in the epoch.
        #expect(all[0][1] != all[0][3])
        #expect(Set([all[1][0], all[3][0], all[3][2]]).count == 3)
    }

    @Test(arguments: [0, 1, 3])
    func theFirstErrorInOrderIsThrown(workers: Int) throws {
        let loader = Loader<Int>(workers: workers, prefetch: 3, seed: 1, name: { "file\($0)" }) { index, _ in
            if index == 9 { usleep(2000) }
            guard ![9, 6, 8].contains(index) else { throw Failure(index: index) }
            return index
        }
        let run = loader.start(Self.batches, epoch: 0)
        #expect(try run.next()?.samples == [3, 1, 4, 1])
        for _ in 0..<2 {
            let error = #expect(throws: SampleError.self) { try run.next() }
            #expect(error?.description == "file9: no sample 9")
        }
        run.queue.waitForWorkers()
    }

    @Test func anAbandonedRunEndsItsThreads() throws {
        let started = Locked(0)
        let loader = Loader<Int>(workers: 3, prefetch: 2, seed: 1) { index, _ in
            started.withLock { $0 += 1 }
            return index
        }
        var run: LoaderRun<Int>? = loader.start((0..<1000).map { [$0, $0, $0] }, epoch: 0)
        _ = try run?.next()
        let queue = run?.queue
        run = nil
        queue?.waitForWorkers()
        // One batch was taken and two are prefetched: nothing beyond was begun.
        #expect(started.withLock { $0 } <= 9)
    }

    @Test func prefetchIsBounded() throws {
        let started = Locked<Set<Int>>([])
        let loader = Loader<Int>(workers: 4, prefetch: 3, seed: 1) { index, _ in
            started.withLock { _ = $0.insert(index) }
            return index
        }
        let run = loader.start((0..<50).map { [$0] }, epoch: 0)
        for taken in 1...50 {
            _ = try run.next()
            #expect(started.withLock { $0.max() ?? 0 } <= taken + 2)
        }
    }

    @Test func loadsPicturesOffTheCallersThread() throws {
        let folder = try TemporaryFolder()
        for value in 0..<20 { try folder.write("p\(value % 4)/\(value).pgm", pixel(UInt8(value))) }
        let source = try FolderSource(root: folder.path)
        let sampler = try ShuffledSampler(indices: Array(source.items.indices), batchSize: 6, seed: 5)
        let caller = ObjectIdentifier(Thread.current)
        let loader = Loader<Image>(workers: 2, seed: 5) { index, _ in
            #expect(ObjectIdentifier(Thread.current) != caller)
            return try source.image(of: source.items[index])
        }
        let run = loader.start(sampler.batches(epoch: 0), epoch: 0)
        var values: Set<UInt8> = []
        while let batch = try run.next() { values.formUnion(batch.samples.map { $0.pixels[0] }) }
        #expect(values == Set(0..<20))
    }
}
