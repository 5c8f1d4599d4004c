import Foundation

/// A wish to stop that the training loop looks at after each step. It may be set from a signal handler's
/// queue or any thread.
public final class StopSignal: @unchecked Sendable {
    private let lock = NSLock()
    private var requested = false

    public init() {}

    public var isRequested: Bool { lock.withLock { requested } }
    public func request() { lock.withLock { requested = true } }
}
