/// Directions on a sphere that a reader can turn.
///
/// Embeddings of three dimensions are shown as they are; those of more need a projection, and ``SpherePlot/statement``
/// says what of the angles it keeps.
public struct SpherePlot: Sendable {
    public var title: String
    public var subtitle: String
    /// How the points came onto the sphere, and what of the angles is kept.
    public var statement: String
    /// Identities or classes, in the order of their numbers.
    public var groups: [String]
    /// Directions of length 1.
    public var points: [Point]
    /// The path without extension, relative to the page, under which it lies as `.svg` and `.csv`.
    public var file: String?

    /// - Precondition: every point's group has a name, and lengths are 1 to a thousandth.
    public init(
        title: String, subtitle: String = "", statement: String, groups: [String], points: [Point],
        file: String? = nil
    ) {
        precondition(points.allSatisfy { groups.indices.contains($0.group) }, "a point's group has a name")
        precondition(
            points.allSatisfy { abs($0.x * $0.x + $0.y * $0.y + $0.z * $0.z - 1) < 2e-3 }, "a direction has length 1")
        self.title = title
        self.subtitle = subtitle
        self.statement = statement
        self.groups = groups
        self.points = points
        self.file = file
    }

    /// A direction: x to the right, y upwards, z to the viewer.
    public struct Point: Hashable, Sendable {
        public var x: Double
        public var y: Double
        public var z: Double
        public var group: Int
        /// What it stands for, such as a file.
        public var name: String

        public init(x: Double, y: Double, z: Double, group: Int, name: String) {
            self.x = x
            self.y = y
            self.z = z
            self.group = group
            self.name = name
        }
    }

    /// The points as CSV: `group`, `name`, `x`, `y`, `z`.
    public func csv() -> String {
        let rows = points.map { [groups[$0.group], $0.name] + [$0.x, $0.y, $0.z].map { decimal($0, places: 5) } }
        return ([["group", "name", "x", "y", "z"]] + rows).map { $0.map(quoted).joined(separator: ",") + "\n" }.joined()
    }
}
