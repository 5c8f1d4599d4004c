/// A source whose items are kept together by a column of theirs: those with the same entry are one group.
public struct GroupedSource: ItemSource {
    public let items: [Item]
    private let source: any ItemSource

    /// - Throws: ``DataError`` for the first item without an entry, with the columns there are.
    public init(_ source: any ItemSource, by column: String) throws {
        items = try source.items.map { item in
            guard let group = item.columns[column], !group.isEmpty else {
                let known = item.columns.keys.sorted(by: precedesNaturally)
                throw DataError(
                    path: source.place(of: item),
                    message: "has no '\(column)' to group by; "
                        + (known.isEmpty ? "it has no columns" : "its columns are \(listed(known, limit: 12))"))
            }
            var item = item
            item.group = group
            return item
        }
        self.source = source
    }

    public func bytes(of item: Item) throws -> [UInt8] { try source.bytes(of: item) }

    public func place(of item: Item) -> String { source.place(of: item) }
}
