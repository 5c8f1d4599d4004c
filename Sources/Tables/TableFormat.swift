/// How a text file holds a table.
public struct TableFormat: Hashable, Sendable {
    /// What lies between two fields; nil for ARFF, whose header says it all.
    public var separator: UInt8?
    /// The columns' names, for a file whose first line is data already.
    public var names: [String]?
    /// What stands for a missing value; an empty field always does. Fields are compared without surrounding
    /// blanks and quotes, and with their case.
    public var missing: [String]

    public init(separator: UInt8?, names: [String]? = nil, missing: [String] = Self.usualMissing) {
        self.separator = separator
        self.names = names
        self.missing = missing
    }

    public static let usualMissing = ["?", "NA", "N/A", "NaN", "nan", "null"]

    public static let csv = TableFormat(separator: UInt8(ascii: ","))
    public static let tsv = TableFormat(separator: UInt8(ascii: "\t"))
    public static let arff = TableFormat(separator: nil)

    /// The format that a file's name promises, with or without `.gz`: `.tsv` and `.tab` are parted by tabs,
    /// `.arff` is ARFF, everything else is parted by commas.
    public init(fileName: String) {
        let name = fileName.lowercased()
        let bare = name.hasSuffix(".gz") ? String(name.dropLast(3)) : name
        if bare.hasSuffix(".arff") {
            self = .arff
        } else if bare.hasSuffix(".tsv") || bare.hasSuffix(".tab") {
            self = .tsv
        } else {
            self = .csv
        }
    }
}
