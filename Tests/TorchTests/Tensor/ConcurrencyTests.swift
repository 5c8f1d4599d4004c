import Foundation
import Testing
import Torch

@Suite struct ConcurrencyTests {
    @Test(arguments: [0, 1, 2, 7, 1000])
    func everyIndexComesOnce(_ count: Int) {
        let lock = NSLock()
        nonisolated(unsafe) var seen: [Int] = []
        Libtorch.concurrently(count) { index in lock.withLock { seen.append(index) } }
        #expect(seen.sorted() == Array(0..<count))
    }

    @Test func insideAnotherItStillRuns() {
        let lock = NSLock()
        nonisolated(unsafe) var total = 0
        Libtorch.concurrently(4) { outer in
            Libtorch.concurrently(5) { inner in lock.withLock { total += outer * 5 + inner } }
        }
        #expect(total == 190)
    }
}
