/// What is wrong with a recipe: where, what, and what would be right.
public struct RecipeError: Error, Equatable, CustomStringConvertible {
    /// The recipe file, or what stands for it in a message.
    public let file: String
    /// The line in the file, counted from 1; `nil` for what came from `--set` or is missing.
    public let line: Int?
    /// The key with its sections, such as "training.epochs".
    public let key: String
    /// What is wrong and what would be right.
    public let message: String

    public init(file: String, line: Int? = nil, key: String, message: String) {
        self.file = file
        self.line = line
        self.key = key
        self.message = message
    }

    public var description: String {
        let place = line.map { "\(file):\($0)" } ?? file
        return key.isEmpty ? "\(place): \(message)" : "\(place): \(key): \(message)"
    }
}
