// Comparisons give tensors of booleans; `Tensor.select` chooses by them.

extension Tensor {
    private static let lessOperator = Operator("aten::lt.Tensor")
    private static let lessScalarOperator = Operator("aten::lt.Scalar")
    private static let greaterOperator = Operator("aten::gt.Tensor")
    private static let greaterScalarOperator = Operator("aten::gt.Scalar")
    private static let greaterOrEqualScalarOperator = Operator("aten::ge.Scalar")
    private static let lessOrEqualScalarOperator = Operator("aten::le.Scalar")
    private static let equalOperator = Operator("aten::eq.Tensor")
    private static let notOperator = Operator("aten::logical_not")
    private static let whereOperator = Operator("aten::where.self")
    private static let finiteOperator = Operator("aten::isfinite")
    private static let allOperator = Operator("aten::all")
    private static let anyOperator = Operator("aten::any")

    public static func .< (left: Tensor, right: Tensor) throws -> Tensor { try lessOperator(left, right) }
    public static func .< (left: Tensor, right: Double) throws -> Tensor { try lessScalarOperator(left, right) }
    public static func .> (left: Tensor, right: Tensor) throws -> Tensor { try greaterOperator(left, right) }
    public static func .> (left: Tensor, right: Double) throws -> Tensor { try greaterScalarOperator(left, right) }
    public static func .>= (left: Tensor, right: Double) throws -> Tensor {
        try greaterOrEqualScalarOperator(left, right)
    }
    public static func .<= (left: Tensor, right: Double) throws -> Tensor {
        try lessOrEqualScalarOperator(left, right)
    }
    public static func .== (left: Tensor, right: Tensor) throws -> Tensor { try equalOperator(left, right) }
    public static prefix func .! (condition: Tensor) throws -> Tensor { try notOperator(condition) }

    /// `first` where the condition holds, `second` elsewhere. Gradients flow to the chosen one only.
    public static func select(_ condition: Tensor, _ first: Tensor, _ second: Tensor) throws -> Tensor {
        try whereOperator(condition, first, second)
    }

    /// True where an element is neither infinite nor a NaN.
    public func isFinite() throws -> Tensor { try Tensor.finiteOperator(self) }

    /// Whether no element is infinite or a NaN. Looks at large tensors in pieces: it needs no memory of their size.
    public func isFiniteThroughout() throws -> Bool {
        guard rank > 0, size(0) > 0, count > Tensor.largestPiece else { return try isFinite().all() }
        let rows = max(1, Tensor.largestPiece / (count / size(0)))
        for start in Swift.stride(from: 0, to: size(0), by: rows) {
            guard try sliced(start..<min(start + rows, size(0))).isFinite().all() else { return false }
        }
        return true
    }

    private static let largestPiece = 1 << 20

    /// Whether every element is true, or not zero.
    public func all() throws -> Bool { try Tensor.allOperator(self).item() != 0 }

    /// Whether any element is true, or not zero.
    public func any() throws -> Bool { try Tensor.anyOperator(self).item() != 0 }
}

prefix operator .!
