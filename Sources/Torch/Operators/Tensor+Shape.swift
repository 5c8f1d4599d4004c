// Other views of the same elements, pieces, and tensors put together.

extension Tensor {
    private static let reshapeOperator = Operator("aten::reshape")
    private static let flattenOperator = Operator("aten::flatten.using_ints")
    private static let transposeOperator = Operator("aten::transpose.int")
    private static let permuteOperator = Operator("aten::permute")
    private static let squeezeOperator = Operator("aten::squeeze.dim")
    private static let unsqueezeOperator = Operator("aten::unsqueeze")
    private static let expandOperator = Operator("aten::expand")
    private static let sliceOperator = Operator("aten::slice.Tensor")
    private static let selectOperator = Operator("aten::select.int")
    private static let concatenateOperator = Operator("aten::cat")
    private static let stackOperator = Operator("aten::stack")
    private static let indexSelectOperator = Operator("aten::index_select")
    private static let gatherOperator = Operator("aten::gather")
    private static let scatterOperator = Operator("aten::scatter.src")
    private static let scatterAddOperator = Operator("aten::scatter_add")
    private static let flipOperator = Operator("aten::flip")

    /// The elements in another shape; one size may be −1 and is worked out.
    public func reshaped(_ shape: [Int]) throws -> Tensor { try Tensor.reshapeOperator(self, shape) }
    /// The dimensions from `first` on as one, row by row; copies where memory is in another order.
    public func flattened(from first: Int = 0) throws -> Tensor { try Tensor.flattenOperator(self, first, -1) }
    public func transposed(_ first: Int = -2, _ second: Int = -1) throws -> Tensor {
        try Tensor.transposeOperator(self, first, second)
    }
    public func permuted(_ order: [Int]) throws -> Tensor { try Tensor.permuteOperator(self, order) }
    public func squeezed(_ dimension: Int) throws -> Tensor { try Tensor.squeezeOperator(self, dimension) }
    public func unsqueezed(_ dimension: Int) throws -> Tensor { try Tensor.unsqueezeOperator(self, dimension) }
    /// Repeats dimensions of size 1 without copying.
    public func expanded(_ shape: [Int]) throws -> Tensor { try Tensor.expandOperator(self, shape) }

    /// The part of a dimension from `range.lowerBound` up to `range.upperBound`, as a view.
    public func sliced(_ range: Range<Int>, dimension: Int = 0) throws -> Tensor {
        try Tensor.sliceOperator(self, dimension, range.lowerBound, range.upperBound)
    }
    /// One entry of a dimension, which disappears, as a view.
    public func selected(_ index: Int, dimension: Int = 0) throws -> Tensor {
        try Tensor.selectOperator(self, dimension, index)
    }
    public subscript(index: Int) -> Tensor {
        get throws { try selected(index) }
    }

    public static func concatenated(_ tensors: [Tensor], dimension: Int = 0) throws -> Tensor {
        try concatenateOperator(tensors, dimension)
    }
    /// Tensors of one shape, side by side along a new dimension.
    public static func stacked(_ tensors: [Tensor], dimension: Int = 0) throws -> Tensor {
        try stackOperator(tensors, dimension)
    }

    /// The entries of a dimension that `indices` (int64 vector) names, in that order.
    public func rows(_ indices: Tensor, dimension: Int = 0) throws -> Tensor {
        try Tensor.indexSelectOperator(self, dimension, indices)
    }
    /// One element per entry of `indices` (int64, same rank), read along a dimension.
    public func gathered(_ indices: Tensor, dimension: Int) throws -> Tensor {
        try Tensor.gatherOperator(self, dimension, indices)
    }
    /// A copy in which `source` replaces the elements that `indices` (int64) names along a dimension.
    public func scattering(_ source: Tensor, at indices: Tensor, dimension: Int) throws -> Tensor {
        try Tensor.scatterOperator(self, dimension, indices, source)
    }
    /// A copy with `source` added to the elements that `indices` (int64) names along a dimension.
    public func scatterAdding(_ source: Tensor, at indices: Tensor, dimension: Int) throws -> Tensor {
        try Tensor.scatterAddOperator(self, dimension, indices, source)
    }
    public func flipped(_ dimensions: [Int]) throws -> Tensor { try Tensor.flipOperator(self, dimensions) }
}
