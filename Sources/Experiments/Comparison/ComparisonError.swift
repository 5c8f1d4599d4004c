/// Why a comparison cannot begin or go on.
public struct ComparisonError: Error, Equatable, CustomStringConvertible {
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}
