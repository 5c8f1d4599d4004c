import Torch

/// People that a linear model decides on, sorted into segments of equal group, label and decision.
public struct AuditedPeople: Sendable {
    /// One or several attributes together, and the groups they make.
    public struct Partition: Sendable {
        /// Such as `sex` or `sex × race`.
        public let name: String
        public let groups: [Group]
        public let isIntersection: Bool
    }

    public struct Group: Sendable {
        public let name: String
        /// The finest groups, those of all attributes at once, that it is made of.
        public let parts: [Int]
    }

    /// Neighbouring rows of one finest group, label and decision.
    struct Segment: Sendable {
        let cell: Int
        let decision: Bool
        let range: Range<Int>
    }

    public let partitions: [Partition]
    /// A cell is a finest group and a label: cell 2g holds the negative, 2g + 1 the positive people of group g.
    public let cellCount: Int
    /// People per cell.
    public let counts: [Int]
    /// People per cell whom the model without noise decides correctly.
    public let correctCounts: [Int]

    /// float64 [people, features], sorted by segment.
    let features: Tensor
    let segments: [Segment]
    /// h(x) = θ·x
    let scores: [Double]
    /// ‖x‖
    let norms: [Double]
    /// Where every person stood before.
    let order: [Int]

    public var count: Int { scores.count }
    public var dimension: Int { features.size(1) }

    /// - Throws: ``AuditError`` where there is nobody.
    public init(_ heldOut: PreparedTable.HeldOut, model: LinearModel) throws {
        let count = heldOut.isPositive.count
        guard count > 0 else { throw AuditError("nobody is held out, so nothing can be measured") }
        let weights = try Tensor(model.coefficients, shape: [model.coefficients.count, 1])
        guard heldOut.features.size(1) == model.coefficients.count else {
            throw AuditError(
                "the model has \(model.coefficients.count) coefficients, the table \(heldOut.features.size(1)) features"
            )
        }
        let allScores: [Double] = try heldOut.features.matmul(weights).reshaped([count]).elements()
        let (finest, partitions) = Self.partitions(heldOut.attributes)
        let cellCount = finest.count * 2
        var places = [[Int]](repeating: [], count: cellCount * 2)
        var numbers: [[Int32]: Int] = [:]
        for (number, groups) in finest.enumerated() { numbers[groups] = number }
        for row in 0..<count {
            let part = numbers[heldOut.attributes.map { $0.groups[row] }] ?? 0
            let cell = part * 2 + (heldOut.isPositive[row] ? 1 : 0)
            places[cell * 2 + (allScores[row] >= 0 ? 1 : 0)].append(row)
        }
        var segments: [Segment] = []
        var (start, counts) = (0, [Int](repeating: 0, count: cellCount))
        var correct = counts
        for (number, rows) in places.enumerated() {
            let (cell, decision) = (number / 2, !number.isMultiple(of: 2))
            counts[cell] += rows.count
            if decision == !cell.isMultiple(of: 2) { correct[cell] += rows.count }
            if !rows.isEmpty {
                segments.append(Segment(cell: cell, decision: decision, range: start..<start + rows.count))
            }
            start += rows.count
        }
        order = places.flatMap { $0 }
        features = try heldOut.features.rows(order)
        scores = order.map { allScores[$0] }
        norms = try features.rowNorms()
        self.segments = segments
        self.partitions = partitions
        self.cellCount = cellCount
        self.counts = counts
        correctCounts = correct
    }

    /// The combinations of groups that occur, and the partitions made of them: one per attribute, one per pair of
    /// attributes, one of all.
    private static func partitions(_ attributes: [Attribute]) -> (finest: [[Int32]], partitions: [Partition]) {
        let count = attributes.first?.groups.count ?? 0
        var seen: Set<[Int32]> = []
        for row in 0..<count { seen.insert(attributes.map { $0.groups[row] }) }
        let finest = seen.sorted { $0.lexicographicallyPrecedes($1) }
        var subsets = attributes.indices.map { [$0] }
        for first in attributes.indices {
            for second in attributes.indices where second > first { subsets.append([first, second]) }
        }
        if attributes.count > 2 { subsets.append(Array(attributes.indices)) }
        let partitions = subsets.map { subset in
            var groups: [[Int32]: [Int]] = [:]
            for (part, key) in finest.enumerated() { groups[subset.map { key[$0] }, default: []].append(part) }
            return Partition(
                name: subset.map { attributes[$0].name }.joined(separator: " × "),
                groups: groups.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { key, parts in
                    let names = zip(subset, key).map { attributes[$0].groupNames[Int($1)] }
                    return Group(name: names.joined(separator: ", "), parts: parts)
                }, isIntersection: subset.count > 1)
        }
        return (finest, partitions)
    }

    /// The angular margin α = y h(x) / ‖x‖ of a person; nil for x = 0, who has none.
    func margin(_ person: Int, isPositive: Bool) -> Double? {
        guard norms[person] > 0 else { return nil }
        return (isPositive ? scores[person] : -scores[person]) / norms[person]
    }
}
