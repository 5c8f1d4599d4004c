import Dispatch
import Foundation

/// `[transform(0), ..., transform(count - 1)]`, computed on all processor cores.
///
/// - Throws: the error of the lowest index that failed, so that the message is the same each time.
func parallelMap<Value: Sendable>(
    _ count: Int, _ transform: @Sendable (Int) throws -> Value
) throws -> [Value] {
    let size = max(1, min(256, count / (4 * ProcessInfo.processInfo.activeProcessorCount)))
    let blocks = (count + size - 1) / size
    let results = Locked([Result<[Value], any Error>?](repeating: nil, count: blocks))
    DispatchQueue.concurrentPerform(iterations: blocks) { block in
        let range = block * size..<min((block + 1) * size, count)
        let result = Result { try range.map(transform) }
        results.withLock { $0[block] = result }
    }
    return try results.withLock { $0 }.flatMap { try $0?.get() ?? [] }
}
