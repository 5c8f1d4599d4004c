/// A number with the full name of what it is, its convention included.
public struct NamedValue: Hashable, Sendable, Codable {
    /// What was measured and by which convention, for example `EER[interpolated]`.
    public let name: String
    /// The number.
    public let value: Double
    /// Whether there were trials enough for it; false for a rate read at a FAR below 30 / (impostor trials).
    public let isSupported: Bool

    /// Names a number.
    public init(name: String, value: Double, isSupported: Bool = true) {
        self.name = name
        self.value = value
        self.isSupported = isSupported
    }
}
