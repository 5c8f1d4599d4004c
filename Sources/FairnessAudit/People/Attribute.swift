import Tables

/// A sensitive attribute: the group that every row belongs to.
public struct Attribute: Sendable {
    public let name: String
    public let groupNames: [String]
    /// An index into `groupNames` per row; −1 where the value is missing.
    public let groups: [Int32]

    public init(name: String, groupNames: [String], groups: [Int32]) {
        self.name = name
        self.groupNames = groupNames
        self.groups = groups
    }

    /// Numbers with more different values than this are no groups.
    public static let greatestGroupCount = 30

    /// The groups of a column: its categories, or its numbers if they are few; `age<=25` parts a column of numbers
    /// in two.
    ///
    /// - Throws: ``AuditError`` for a column that is not there or has no groups.
    public init(_ description: String, in table: Table) throws(AuditError) {
        if let cut = description.range(of: "<=") {
            let name = String(description[..<cut.lowerBound])
            let text = String(description[cut.upperBound...])
            guard let bound = Double(text) else {
                throw AuditError("in “\(description)”, “\(text)” is no number; write for example age<=25")
            }
            guard case .numbers(let numbers) = try table.required(name).values else {
                throw AuditError("the column “\(name)” holds categories; only numbers can be cut at \(text)")
            }
            self.init(
                name: name, groupNames: ["\(name)<=\(text)", "\(name)>\(text)"],
                groups: numbers.map { $0.isNaN ? -1 : $0 <= bound ? 0 : 1 })
            return
        }
        let column = try table.required(description)
        let (codes, names) = try column.categories(atMost: Self.greatestGroupCount)
        // In order of their names, which does not depend on the order of rows.
        let order = names.indices.sorted { names[$0] < names[$1] }
        var place = [Int32](repeating: 0, count: names.count)
        for (new, old) in order.enumerated() { place[old] = Int32(new) }
        self.init(
            name: description, groupNames: order.map { names[$0] }, groups: codes.map { $0 < 0 ? -1 : place[Int($0)] })
        guard groupNames.count > 1 else {
            throw AuditError(
                "the sensitive column “\(description)” has one value only (\(groupNames.first ?? "none")); "
                    + "fairness compares groups, so choose another column")
        }
    }

    /// The attribute with every group of fewer than `count` rows put into one group, “other”.
    public func merging(below count: Int) -> Attribute {
        var sizes = [Int](repeating: 0, count: groupNames.count)
        for group in groups where group >= 0 { sizes[Int(group)] += 1 }
        let kept = groupNames.indices.filter { sizes[$0] >= count }
        guard kept.count < groupNames.count else { return self }
        var place = [Int32](repeating: Int32(kept.count), count: groupNames.count)
        for (new, old) in kept.enumerated() { place[old] = Int32(new) }
        return Attribute(
            name: name, groupNames: kept.map { groupNames[$0] } + ["other"],
            groups: groups.map { $0 < 0 ? -1 : place[Int($0)] })
    }
}
