// Operations that overwrite their first operand. They are seen through every reference to it, and
// are refused by libtorch where they would falsify a gradient.

extension Tensor {
    private static let addOperator = Operator("aten::add_.Tensor")
    private static let addNumberOperator = Operator("aten::add_.Scalar")
    private static let multiplyOperator = Operator("aten::mul_.Tensor")
    private static let multiplyScalarOperator = Operator("aten::mul_.Scalar")
    private static let fillOperator = Operator("aten::fill_.Scalar")
    private static let interpolateOperator = Operator("aten::lerp_.Scalar")

    /// self ← self + scale · other
    public func add(_ other: Tensor, scale: Double = 1) throws {
        try Tensor.addOperator.perform(self, other, scale)
    }

    /// self ← self + number
    public func add(_ number: Int) throws { try Tensor.addNumberOperator.perform(self, number) }

    /// self ← self · other
    public func multiply(by other: Tensor) throws { try Tensor.multiplyOperator.perform(self, other) }

    /// self ← self · factor
    public func multiply(by factor: Double) throws { try Tensor.multiplyScalarOperator.perform(self, factor) }

    /// Every element becomes `value`.
    public func fill(_ value: Double) throws { try Tensor.fillOperator.perform(self, value) }

    /// self ← self + weight · (target − self)
    public func interpolate(towards target: Tensor, weight: Double) throws {
        try Tensor.interpolateOperator.perform(self, target, weight)
    }
}
