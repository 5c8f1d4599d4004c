import CTorch
import Foundation

/// Notes what every operator and every ``span(_:_:)`` takes on this thread, and on the graphics processor.
///
/// ```swift
/// let profiler = try Profiler(device: device)
/// for _ in 0..<20 { try step() }
/// let profile = try profiler.stop(trace: folder.appending(path: "trace.json"))
/// ```
///
/// One at a time; libtorch's own, Kineto, is underneath.
public final class Profiler {
    /// Starts at once.
    ///
    /// - Throws: ``TorchError`` when another one runs, or libtorch was built without one.
    public init(device: Device = .cpu) throws {
        guard ct_profiler_start(device.kind == .cuda) >= 0 else { throw TorchError.last("profile", arguments: []) }
    }

    /// Stops, and writes every event to a file in Chrome's trace format, which Perfetto, `chrome://tracing`
    /// and TensorBoard open.
    public func stop(trace: URL) throws -> Profile {
        var events: [Profile.Event] = []
        let status = withUnsafeMutablePointer(to: &events) { events in
            ct_profiler_stop(
                trace.path,
                { context, event in
                    context!.assumingMemoryBound(to: [Profile.Event].self).pointee.append(Profile.Event(event))
                }, UnsafeMutableRawPointer(events))
        }
        guard status >= 0 else { throw TorchError.last("profile", arguments: [trace.path]) }
        return Profile(events: events)
    }
}

/// Runs `body` as a stretch of time with a name, which shows in a profile.
public func span<Result>(_ name: StaticString, _ body: () throws -> Result) rethrows -> Result {
    let span = name.withUTF8Buffer { ct_span_begin($0.baseAddress) }
    defer { ct_span_end(span) }
    return try body()
}

extension Profile.Event {
    fileprivate init(_ event: ct_event) {
        self.init(
            name: String(cString: event.name), start: Int(event.start), duration: Int(event.duration),
            thread: event.thread, kind: event.is_on_device ? .device : event.is_span ? .span : .operation)
    }
}
