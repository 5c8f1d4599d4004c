/// Why a head cannot be computed from a file.
public struct HeadRunError: Error, Equatable, CustomStringConvertible {
    /// The file, or the setting, that is at fault.
    public let place: String
    public let message: String

    public var description: String { "\(place): \(message)" }
}
