/// Why a file of tensors cannot be read or written.
public struct TensorFileError: Error, Equatable, CustomStringConvertible {
    public let file: String
    /// The tensor that is at fault; `nil` when it is the file as a whole.
    public let tensor: String?
    public let reason: String

    public init(file: String, tensor: String? = nil, reason: String) {
        self.file = file
        self.tensor = tensor
        self.reason = reason
    }

    public var description: String {
        tensor.map { "\(file): tensor “\($0)”: \(reason)" } ?? "\(file): \(reason)"
    }
}
