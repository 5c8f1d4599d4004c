/// A setting that a network cannot be built from.
public struct NetworkSettingError: Error, Equatable, CustomStringConvertible {
    public let key: String
    /// The value as it was written; `nil` when the setting is missing, or its key the mistake.
    public let value: String?
    /// What is wrong and what would be right.
    public let reason: String

    public init(key: String, value: String?, reason: String) {
        self.key = key
        self.value = value
        self.reason = reason
    }

    public var description: String {
        value.map { "\(key): \($0) \(reason)" } ?? "\(key) \(reason)"
    }
}
