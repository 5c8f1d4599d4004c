import CTorch

/// A value that an ``Operator`` takes.
public protocol OperatorArgument {
    /// Puts the value on the calling thread's argument stack.
    func push()
    /// The value in an error message: a tensor by type and shape.
    var summary: String { get }
}

extension OperatorArgument {
    public var summary: String { "\(self)" }
}

extension Tensor: OperatorArgument {
    @inline(__always)
    public func push() { lend(ct_push_tensor) }
    public var summary: String { "\(scalarType) \(shape)" }
}

extension Int: OperatorArgument {
    public func push() { ct_push_integer(Int64(self)) }
}

extension Double: OperatorArgument {
    public func push() { ct_push_real(self) }
}

extension Bool: OperatorArgument {
    public func push() { ct_push_boolean(self) }
}

extension String: OperatorArgument {
    public func push() { ct_push_string(self) }
    public var summary: String { "“\(self)”" }
}

extension ScalarType: OperatorArgument {
    public func push() { ct_push_integer(Int64(rawValue)) }
}

extension Device: OperatorArgument {
    public func push() { ct_push_device(kind.rawValue, Int32(kind == .cuda ? index : -1)) }
}

extension MemoryFormat: OperatorArgument {
    public func push() { ct_push_integer(rawValue) }
}

extension Generator: OperatorArgument {
    public func push() { withExtendedLifetime(self) { ct_push_generator(pointer) } }
    public var summary: String { "generator" }
}

extension Optional: OperatorArgument where Wrapped: OperatorArgument {
    public func push() {
        if let value = self { value.push() } else { ct_push_none() }
    }
    public var summary: String { self?.summary ?? "none" }
}

extension Array: OperatorArgument where Element: OperatorArgumentElement {
    public func push() { Element.push(self) }
    public var summary: String { "[" + Element.summaries(self).joined(separator: ", ") + "]" }
}

/// A value of which an ``Operator`` takes lists.
public protocol OperatorArgumentElement {
    static func push(_ list: [Self])
    static func summaries(_ list: [Self]) -> [String]
}

extension OperatorArgumentElement {
    public static func summaries(_ list: [Self]) -> [String] { list.map { "\($0)" } }
}

extension Int: OperatorArgumentElement {
    public static func push(_ list: [Int]) {
        list.withUnsafeBytes { bytes in
            ct_push_integers(bytes.baseAddress?.assumingMemoryBound(to: Int64.self), list.count)
        }
    }
}

extension Double: OperatorArgumentElement {
    public static func push(_ list: [Double]) {
        list.withUnsafeBufferPointer { ct_push_reals($0.baseAddress, $0.count) }
    }
}

extension Bool: OperatorArgumentElement {
    public static func push(_ list: [Bool]) {
        list.withUnsafeBufferPointer { ct_push_booleans($0.baseAddress, $0.count) }
    }
}

extension Tensor: OperatorArgumentElement {
    public static func push(_ list: [Tensor]) {
        push(pointers: list.map(\.pointer))
        withExtendedLifetime(list) {}
    }

    static func push(pointers: [ct_tensor?]) {
        pointers.withUnsafeBufferPointer { ct_push_tensors($0.baseAddress, $0.count) }
    }

    /// At most eight shapes: a list of all of a network's parameters would drown the message.
    public static func summaries(_ list: [Tensor]) -> [String] {
        list.prefix(8).map(\.summary) + (list.count > 8 ? ["and \(list.count - 8) more"] : [])
    }
}

/// A list with gaps, as indexing takes it.
extension Optional: OperatorArgumentElement where Wrapped == Tensor {
    public static func push(_ list: [Tensor?]) {
        Tensor.push(pointers: list.map { $0?.pointer })
        withExtendedLifetime(list) {}
    }

    public static func summaries(_ list: [Tensor?]) -> [String] {
        list.map { $0?.summary ?? "none" }
    }
}
