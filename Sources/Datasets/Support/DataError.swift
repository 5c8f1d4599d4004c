/// What is wrong with a file or folder of data, in one line that names the place.
public struct DataError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file or folder.
    public let path: String
    /// The line in the file, counted from 1, where there is one.
    public let line: Int?
    /// What is wrong and what would be right.
    public let message: String

    public init(path: String, line: Int? = nil, message: String) {
        self.path = path
        self.line = line
        self.message = message
    }

    public var description: String {
        line.map { "\(path):\($0): \(message)" } ?? "\(path): \(message)"
    }
}

/// A few of many names for a message, in quotation marks: `'a', 'b', 'c' and 17 more`.
func listed(_ names: some Collection<String>, limit: Int = 5) -> String {
    let shown = names.prefix(limit).map { "'\($0)'" }.joined(separator: ", ")
    return names.count > limit ? "\(shown) and \(names.count - limit) more" : shown
}
