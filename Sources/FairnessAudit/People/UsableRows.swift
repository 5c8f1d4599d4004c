import Tables

/// The rows of a table in which nothing that is needed is missing, with their labels and groups.
struct UsableRows {
    let rows: [Int]
    /// Per row of the table.
    let isPositive: [Bool]
    let attributes: [Attribute]
    let droppedCount: Int

    init(_ table: Table, task: AuditTask) throws(AuditError) {
        guard !task.sensitive.isEmpty else {
            throw AuditError("no sensitive column is named; fairness compares the groups of one, such as sex")
        }
        for name in task.excluded { _ = try table.required(name) }
        let (codes, names) = try table.required(task.label).categories(atMost: Attribute.greatestGroupCount)
        guard let positive = names.firstIndex(of: task.positive) else {
            throw AuditError(
                "no row has “\(task.positive)” in the column “\(task.label)”; its values are "
                    + names.sorted().map { "“\($0)”" }.joined(separator: ", "))
        }
        var attributes: [Attribute] = []
        for name in task.sensitive {
            attributes.append(try Attribute(name, in: table).merging(below: task.smallestGroup))
        }
        var isUsable = codes.map { $0 >= 0 }
        for attribute in attributes {
            for row in isUsable.indices where attribute.groups[row] < 0 { isUsable[row] = false }
        }
        for column in table.featureColumns(of: task) {
            switch column.values {
            case .numbers(let numbers): for row in isUsable.indices where numbers[row].isNaN { isUsable[row] = false }
            case .categories(let codes, _): for row in isUsable.indices where codes[row] < 0 { isUsable[row] = false }
            }
        }
        rows = isUsable.indices.filter { isUsable[$0] }
        guard !rows.isEmpty else {
            throw AuditError(
                "every one of the \(table.rowCount) rows lacks some value that is needed; leave out the columns "
                    + "that are mostly empty")
        }
        for attribute in attributes {
            let present = Set(rows.map { attribute.groups[$0] })
            guard present.count > 1 else {
                let names = present.map { attribute.groupNames[Int($0)] }.joined()
                throw AuditError(
                    "everybody with all values is in one group of “\(attribute.name)” (\(names)); fairness compares groups, so "
                        + "choose another column, another cut, or merge fewer groups")
            }
        }
        self.attributes = attributes
        isPositive = codes.map { Int($0) == positive }
        droppedCount = table.rowCount - rows.count
    }
}

extension Table {
    /// The columns that become features.
    func featureColumns(of task: AuditTask) -> [Column] {
        let sensitive = task.usesSensitiveFeatures ? [] : task.sensitiveColumns
        return columns.filter {
            $0.name != task.label && !task.excluded.contains($0.name) && !sensitive.contains($0.name)
        }
    }
}
