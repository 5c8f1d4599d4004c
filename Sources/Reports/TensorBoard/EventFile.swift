import Foundation

/// A file of scalars over steps that TensorBoard shows.
///
/// It is a sequence of records, each a message `Event` of TensorBoard's
/// `event.proto`: the first says the version, the others hold a step's scalars. Each call is on the disk when
/// it returns, so that a run that is killed leaves a file that can be read.
public final class EventFile {
    public let url: URL
    private let handle: FileHandle

    /// Creates a file in a folder; a run that is resumed has one more each time, and TensorBoard joins them.
    ///
    /// - Throws: what the system says when the file cannot be made.
    public init(in folder: URL, at time: Date = Date()) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        // TensorBoard reads files in the order of their names, and only those that say tfevents.
        let name = "events.out.tfevents.\(Int(time.timeIntervalSince1970 * 1000)).margin"
        url = folder.appending(path: name)
        try Data().write(to: url, options: .withoutOverwriting)
        handle = try FileHandle(forWritingTo: url)
        var version = Event(time: time)
        version.version = "brain.Event:2"
        try handle.write(contentsOf: version.encoded.asRecord)
    }

    deinit { try? handle.close() }

    /// Adds a step's scalars; a slash in a name makes a group.
    public func add(_ scalars: [(name: String, value: Double)], step: Int, at time: Date = Date()) throws {
        var event = Event(time: time)
        event.step = step
        event.scalars = scalars
        try handle.write(contentsOf: event.encoded.asRecord)
    }

    /// The message `Event`, as much of it as is used here.
    private struct Event {
        let time: Date
        var step: Int?
        var version: String?
        var scalars: [(name: String, value: Double)] = []

        init(time: Date) { self.time = time }

        var encoded: Data {
            var message = ProtocolMessage()
            message.add(1, time.timeIntervalSince1970)
            if let step { message.add(2, step) }
            if let version { message.add(3, Data(version.utf8)) }
            if !scalars.isEmpty {
                var summary = ProtocolMessage()
                for scalar in scalars {
                    var value = ProtocolMessage()
                    value.add(1, Data(scalar.name.utf8))
                    value.add(2, Float(scalar.value))
                    summary.add(1, value.data)
                }
                message.add(5, summary.data)
            }
            return message.data
        }
    }
}
