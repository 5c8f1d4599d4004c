/// What is wrong with a score file or a trial list: the file, the line, what was found and what would be right.
public struct TrialFileError: Error, Hashable, Sendable, CustomStringConvertible {
    public let file: String
    /// Counted from 1; none if it is about the whole file.
    public let line: Int?
    public let message: String

    public init(file: String, line: Int? = nil, message: String) {
        self.file = file
        self.line = line
        self.message = message
    }

    public var description: String { "\(file)\(line.map { ":\($0)" } ?? ""): \(message)" }

    /// A message that does not know its place yet.
    struct Reason: Error {
        let message: String
        init(_ message: String) { self.message = message }
    }
}
