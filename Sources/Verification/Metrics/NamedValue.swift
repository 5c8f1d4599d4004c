/// A number with the full name of what it is, its convention included.
public struct NamedValue: Hashable, Sendable, Codable {
    /// What was measured and by which convention, for example `EER[interpolated]`.
    public let name: String
    /// The number.
    public let value: Double

    /// Names a number.
    public init(name: String, value: Double) {
        self.name = name
        self.value = value
    }
}
