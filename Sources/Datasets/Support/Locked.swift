import Foundation

/// A value that one thread at a time may touch.
///
/// The standard library's `Mutex` needs macOS 15; this package runs from macOS 14 on.
package final class Locked<Value: Sendable>: @unchecked Sendable {
    private let lock = NSLock()
    private var value: Value

    package init(_ value: Value) {
        self.value = value
    }

    package func withLock<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
        try lock.withLock { try body(&value) }
    }
}
