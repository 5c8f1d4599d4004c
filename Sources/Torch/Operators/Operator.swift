import CTorch

/// One of libtorch's operators, found by its schema name.
///
/// This is the one door: whatever libtorch can compute is reached by naming it.
///
/// ```swift
/// extension Tensor {
///     private static let hypotenuse = Operator("aten::hypot")
///     func hypotenuse(_ other: Tensor) throws -> Tensor { try Tensor.hypotenuse(self, other) }
/// }
/// ```
///
/// Arguments left out at the end take the schema's defaults. A missing operator is not a failure
/// before it is called: another version of libtorch may have it.
public struct Operator: @unchecked Sendable {
    /// The schema name with its overload, such as "aten::add.Tensor".
    public let name: String
    let handle: ct_operator?

    public init(_ name: String) {
        self.name = name
        let parts = name.split(separator: ".", maxSplits: 1)
        handle = ct_operator_find(String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
    }

    /// Whether the loaded libtorch has this operator.
    public var isAvailable: Bool { handle != nil }

    /// Calls an operator that returns one tensor.
    @inline(__always)
    public func callAsFunction<each Value: OperatorArgument>(_ argument: repeat each Value) throws -> Tensor {
        var count = 0
        repeat push(each argument, &count)
        guard let result = ct_call_tensor(handle, count) else {
            throw failure(repeat each argument)
        }
        return Tensor(owning: result)
    }

    /// Calls an operator that returns several tensors, or a list of them.
    public func tensors<each Value: OperatorArgument>(_ argument: repeat each Value) throws -> [Tensor] {
        let count = try run(repeat each argument)
        return try (0..<count).map { index in
            guard let result = ct_result_tensor(index) else {
                throw TorchError(operation: name, reason: "result \(index + 1) is not a tensor")
            }
            return Tensor(owning: result)
        }
    }

    /// Calls an operator whose results are not needed, such as one that works in place.
    public func perform<each Value: OperatorArgument>(_ argument: repeat each Value) throws {
        _ = try run(repeat each argument)
    }

    private func run<each Value: OperatorArgument>(_ argument: repeat each Value) throws -> Int {
        var count = 0
        repeat push(each argument, &count)
        let results = ct_call(handle, count)
        guard results >= 0 else { throw failure(repeat each argument) }
        return Int(results)
    }

    @inline(__always)
    private func push<Value: OperatorArgument>(_ argument: Value, _ count: inout Int) {
        argument.push()
        count += 1
    }

    @inline(never)
    private func failure<each Value: OperatorArgument>(_ argument: repeat each Value) -> TorchError {
        var descriptions: [String] = []
        repeat descriptions.append((each argument).summary)
        return TorchError.last(name, arguments: descriptions)
    }
}
