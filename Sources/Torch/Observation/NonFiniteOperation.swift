import CTorch

/// The first operator whose result held an infinity or a NaN.
public struct NonFiniteOperation: Sendable, Equatable {
    /// Its schema name, such as "aten::conv2d".
    public let operation: String
    /// The name of the tensor, of those that were given, that was an argument of it, or else of the last
    /// operator before that had one; `nil` where none had.
    public let tensor: String?
    /// Whether the tensor was an argument of this operator itself.
    public let isArgument: Bool

    /// Runs `body` and looks at the result of each operator that it calls, which takes about as long again.
    ///
    /// Only what this thread calls is seen, and a backward pass not at all: for that there is
    /// ``withAnomalyDetection(_:)``.
    ///
    /// - Parameters:
    ///   - tensors: by which the place in a network is told: its parameters.
    ///   - body: its error, if it has one, says less than what is found, and is not passed on.
    /// - Returns: `nil` where every result was finite.
    /// - Throws: ``TorchError`` within another such search.
    public static func first(among tensors: [NamedTensor], in body: () throws -> Void) throws -> NonFiniteOperation? {
        guard ct_watch_begin(tensors.map { Optional($0.tensor.pointer) }, tensors.count) >= 0 else {
            throw TorchError.last("search for numbers that are not finite")
        }
        try? body()
        var finding = ct_finding()
        let isFound = withExtendedLifetime(tensors) { ct_watch_end(&finding) }
        guard isFound else { return nil }
        let name = withUnsafeBytes(of: finding.operation) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        let index = Int(finding.tensor)
        return NonFiniteOperation(
            operation: name, tensor: index >= 0 ? tensors[index].name : nil, isArgument: finding.is_argument)
    }
}
