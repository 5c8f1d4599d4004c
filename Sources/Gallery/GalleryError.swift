/// What is wrong with a gallery or with what is to go into it, in one line that names the file.
public struct GalleryError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The gallery's file.
    public let path: String
    /// What is wrong and what would be right.
    public let message: String

    public init(path: String, message: String) {
        self.path = path
        self.message = message
    }

    public var description: String { "\(path): \(message)" }
}
