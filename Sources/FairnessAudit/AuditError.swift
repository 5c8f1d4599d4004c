/// What is wrong with the data or the parameters of an audit, with the remedy.
public struct AuditError: Error, Hashable, Sendable, CustomStringConvertible {
    public let description: String

    public init(_ description: String) {
        self.description = description
    }
}
