/// Named columns of equal length, each either numbers or categories.
public struct Table: Sendable {
    public let columns: [Column]
    public let rowCount: Int

    /// - Precondition: all columns have the same length.
    public init(columns: [Column]) {
        precondition(columns.allSatisfy { $0.count == columns[0].count }, "columns of a table are equally long")
        self.columns = columns
        rowCount = columns.first?.count ?? 0
    }

    /// The names of the columns, in the order of the file.
    public var names: [String] { columns.map(\.name) }

    /// The column of this name, the first one if several bear it.
    public func column(named name: String) -> Column? { columns.first { $0.name == name } }
}

/// One column of a ``Table``.
public struct Column: Sendable {
    public let name: String
    public let values: Values

    public enum Values: Sendable {
        /// Numbers; NaN where the value is missing.
        case numbers([Double])
        /// Indices into `names`, which are in the order of their first appearance; −1 where the value is missing.
        case categories(codes: [Int32], names: [String])
    }

    public init(name: String, values: Values) {
        self.name = name
        self.values = values
    }

    public var count: Int {
        switch values {
        case .numbers(let numbers): numbers.count
        case .categories(let codes, _): codes.count
        }
    }

    /// Whether the value of a row is missing.
    public func isMissing(_ row: Int) -> Bool {
        switch values {
        case .numbers(let numbers): numbers[row].isNaN
        case .categories(let codes, _): codes[row] < 0
        }
    }
}
