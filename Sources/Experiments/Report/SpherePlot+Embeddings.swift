import Datasets
import Reports
import Torch

extension SpherePlot {
    /// The points that a page has room for, and the groups that can be told apart.
    static let pointCount = 1400
    private static let groupCount = 28

    /// Some hundred pictures of a set, from every group as equally as can be.
    ///
    /// - Parameters:
    ///   - embeddings: [N, d], rows of length 1.
    ///   - groups: the names of the groups, of which the first ones are shown.
    ///   - groupOf: the group of each row.
    ///   - items: what each row is of.
    ///   - noun: what groups are, such as "identities".
    init(
        of set: String, _ embeddings: Tensor, groups: [String], groupOf: [Int], items: [Item], grouped noun: String,
        pointCount: Int
    ) throws {
        let shownGroups = Array(groups.prefix(Self.groupCount))
        let each = max(1, pointCount / max(1, shownGroups.count))
        var taken = [Int](repeating: 0, count: groups.count)
        let shown = groupOf.indices.filter { row in
            guard groupOf[row] < shownGroups.count, taken[groupOf[row]] < each else { return false }
            taken[groupOf[row]] += 1
            return true
        }
        let projection = try SphereProjection(embeddings.rows(Tensor(shown)))
        let points = zip(shown, projection.points).compactMap { row, place -> SpherePlot.Point? in
            // What the projection leaves nothing of has no direction.
            guard place.contains(where: { $0 != 0 }) else { return nil }
            return SpherePlot.Point(x: place[0], y: place[1], z: place[2], group: groupOf[row], name: items[row].path)
        }
        let parts = [
            points.count < groupOf.count
                ? "\(points.count) of \(groupOf.count) pictures" : "\(points.count) pictures",
            shownGroups.count < groups.count
                ? "\(shownGroups.count) of \(groups.count) \(noun)" : "\(groups.count) \(noun)",
        ]
        self.init(
            title: "Embedding of \(set)", subtitle: parts.joined(separator: ", "), statement: projection.statement,
            groups: shownGroups, points: points)
    }

    /// The sphere with the file of the run's plot folder that it is kept in.
    ///
    /// - Parameter prefix: what the names of the files begin with.
    func kept(of set: String, prefix: String) -> (name: String, sphere: SpherePlot) {
        let name = "\(prefix)embedding-\(set)"
        var sphere = self
        sphere.file = "plots/" + PlotFolder.fileName(name)
        return (name, sphere)
    }
}
