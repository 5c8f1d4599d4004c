/// What is wrong with a table's file, and where.
public struct TableError: Error, Hashable, Sendable, CustomStringConvertible {
    public let file: String
    /// Counted from 1; nil where the fault has no line.
    public let line: Int?
    /// The column's name, where the fault lies in one.
    public let column: String?
    public let reason: String

    public init(file: String, line: Int? = nil, column: String? = nil, reason: String) {
        self.file = file
        self.line = line
        self.column = column
        self.reason = reason
    }

    public var description: String {
        let place = line.map { ", line \($0)" } ?? ""
        let field = column.map { ", column “\($0)”" } ?? ""
        return "\(file)\(place)\(field): \(reason)"
    }
}
