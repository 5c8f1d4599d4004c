import CTorch

/// What libtorch refused to do.
public struct TorchError: Error, Equatable, CustomStringConvertible {
    /// The operator's schema name, or what was being done.
    public let operation: String
    /// The arguments as far as they explain the failure: tensors by type and shape.
    public let arguments: [String]
    /// The reason, in libtorch's words.
    public let reason: String

    public init(operation: String, arguments: [String] = [], reason: String) {
        self.operation = operation
        self.arguments = arguments
        self.reason = reason
    }

    /// The reason that libtorch left on this thread.
    static func last(_ operation: String, arguments: [String] = []) -> TorchError {
        TorchError(
            operation: operation, arguments: arguments,
            reason: String(cString: ct_error_message()))
    }

    public var description: String {
        "\(operation)(\(arguments.joined(separator: ", "))): \(reason)"
    }
}
