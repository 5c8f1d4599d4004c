// The same numbers elsewhere: another type, device or order in memory.

extension Tensor {
    private static let convertOperator = Operator("aten::_to_copy")
    private static let contiguousOperator = Operator("aten::contiguous")
    private static let cloneOperator = Operator("aten::clone")
    private static let detachOperator = Operator("aten::detach")
    private static let copyOperator = Operator("aten::copy_")

    /// The tensor itself when it is of that type already.
    public func to(_ scalarType: ScalarType) throws -> Tensor {
        self.scalarType == scalarType ? self : try Tensor.convertOperator(self, scalarType)
    }

    /// The tensor itself when it is there already.
    public func to(_ device: Device) throws -> Tensor {
        self.device == device
            ? self : try Tensor.convertOperator(self, ScalarType?.none, Int?.none, device)
    }

    /// The tensor itself when its memory is in that order already.
    public func contiguous(_ format: MemoryFormat = .contiguous) throws -> Tensor {
        try Tensor.contiguousOperator(self, format)
    }

    /// A copy with memory of its own. Gradients flow through it.
    public func cloned() throws -> Tensor { try Tensor.cloneOperator(self) }

    /// The same elements without history: gradients end here.
    public func detached() throws -> Tensor { try Tensor.detachOperator(self) }

    /// Overwrites the elements with those of `source`, converted and broadcast as needed.
    public func copy(from source: Tensor) throws {
        try Tensor.copyOperator.perform(self, source)
    }
}
