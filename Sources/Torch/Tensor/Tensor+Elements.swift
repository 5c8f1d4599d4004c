import CTorch

// Elements in and out of Swift's memory. Everything here is on the CPU; `to(_:)` moves.

extension Tensor {
    /// A tensor with a copy of `elements`, row by row.
    public init<Element: TensorElement>(_ elements: [Element], shape: [Int]) throws {
        precondition(
            elements.count == shape.reduce(1, *),
            "\(elements.count) elements do not fill shape \(shape)")
        self = try Tensor.empty(shape, scalarType: Element.scalarType)
        elements.withUnsafeBytes { source in
            if let start = source.baseAddress, source.count > 0 {
                ct_tensor_memory(pointer).copyMemory(from: start, byteCount: source.count)
            }
        }
    }

    /// A vector with a copy of `elements`.
    public init<Element: TensorElement>(_ elements: [Element]) throws {
        try self.init(elements, shape: [elements.count])
    }

    /// A tensor over memory that `owner` keeps alive; nothing is copied.
    ///
    /// - Parameters:
    ///   - memory: the elements, row by row, aligned for their type.
    ///   - shape: of the whole memory.
    ///   - scalarType: of the elements.
    ///   - owner: released when the last tensor over the memory is gone.
    public init(
        memory: UnsafeMutableRawPointer, shape: [Int], scalarType: ScalarType, owner: AnyObject
    ) throws {
        let context = Unmanaged.passRetained(owner)
        let tensor = shape.map(Int64.init).withUnsafeBufferPointer {
            ct_tensor_from_memory(
                memory, $0.baseAddress, $0.count, scalarType.rawValue,
                { Unmanaged<AnyObject>.fromOpaque($0!).release() }, context.toOpaque())
        }
        guard let tensor else {
            context.release()
            throw TorchError.last("tensor over memory", arguments: ["\(scalarType) \(shape)"])
        }
        self.init(owning: tensor)
    }

    /// The elements, row by row.
    ///
    /// - Throws: ``TorchError`` when the tensor holds another type than asked for.
    public func elements<Element: TensorElement>(as type: Element.Type = Element.self) throws -> [Element] {
        try withElements(of: type) { Array($0) }
    }

    /// The elements as real numbers, whatever their type.
    public func reals() throws -> [Double] {
        try to(.float64).elements()
    }

    /// Lends the elements, row by row and contiguous, without a copy where the tensor already is so.
    public func withElements<Element: TensorElement, Result>(
        of type: Element.Type = Element.self,
        _ body: (UnsafeMutableBufferPointer<Element>) throws -> Result
    ) throws -> Result {
        guard scalarType == Element.scalarType else {
            throw TorchError(
                operation: "elements", arguments: ["\(self)"],
                reason: "the elements are \(scalarType), not \(Element.scalarType)")
        }
        return try asInMemory().withMemory { try body($0.bindMemory(to: Element.self)) }
    }

    /// Lends the elements' bytes, row by row and contiguous, whatever their type.
    func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) throws -> Result {
        try asInMemory().withMemory { try body(UnsafeRawBufferPointer($0)) }
    }

    /// The same elements row by row on the CPU: this tensor where it is so already.
    private func asInMemory() throws -> Tensor {
        device == .cpu && isContiguous ? self : try detached().to(.cpu).contiguous()
    }

    /// Lends the memory of a contiguous tensor on the CPU.
    func withMemory<Result>(_ body: (UnsafeMutableRawBufferPointer) throws -> Result) rethrows -> Result {
        let start = count > 0 ? ct_tensor_memory(pointer) : nil
        return try withExtendedLifetime(self) {
            try body(
                UnsafeMutableRawBufferPointer(start: start, count: start == nil ? 0 : count * scalarType.byteCount))
        }
    }

    /// The only element, as a real number.
    public func item() throws -> Double {
        guard count == 1 else {
            throw TorchError(
                operation: "item", arguments: ["\(self)"],
                reason: "only a tensor of one element is a single number")
        }
        return try reals()[0]
    }
}
