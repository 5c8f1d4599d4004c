import CTorch
import Dispatch

extension Libtorch {
    /// Calls `body` with every index below `count`, on as many threads as ``threadCount`` says, and returns
    /// when all are done.
    ///
    /// They are the threads of libtorch's own operators where those can be had: a second pool would have
    /// to share the processors with them.
    public static func concurrently(_ count: Int, _ body: @Sendable (Int) -> Void) {
        let threads = min(count, threadCount)
        guard threads > 1 else { return (0..<count).forEach(body) }
        let isDone = withoutActuallyEscaping(body) { body in
            withUnsafePointer(to: body) { pointer in
                ct_parallel(
                    Int64(count), { $0!.assumingMemoryBound(to: (@Sendable (Int) -> Void).self).pointee(Int($1)) },
                    UnsafeMutableRawPointer(mutating: pointer))
            }
        }
        guard !isDone else { return }
        DispatchQueue.concurrentPerform(iterations: threads) { thread in
            for index in (count * thread / threads)..<(count * (thread + 1) / threads) { body(index) }
        }
    }
}
