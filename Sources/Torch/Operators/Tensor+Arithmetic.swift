// Element by element, with broadcasting. Every operation is one line: its schema name is its documentation.

extension Tensor {
    private static let addOperator = Operator("aten::add.Tensor")
    private static let addScalarOperator = Operator("aten::add.Scalar")
    private static let subtractOperator = Operator("aten::sub.Tensor")
    private static let subtractScalarOperator = Operator("aten::sub.Scalar")
    private static let reverseSubtractOperator = Operator("aten::rsub.Scalar")
    private static let multiplyOperator = Operator("aten::mul.Tensor")
    private static let multiplyScalarOperator = Operator("aten::mul.Scalar")
    private static let divideOperator = Operator("aten::div.Tensor")
    private static let divideScalarOperator = Operator("aten::div.Scalar")
    private static let reciprocalOperator = Operator("aten::reciprocal")
    private static let negateOperator = Operator("aten::neg")

    public static func + (left: Tensor, right: Tensor) throws -> Tensor { try addOperator(left, right) }
    public static func + (left: Tensor, right: Double) throws -> Tensor { try addScalarOperator(left, right) }
    public static func + (left: Double, right: Tensor) throws -> Tensor { try addScalarOperator(right, left) }
    public static func - (left: Tensor, right: Tensor) throws -> Tensor { try subtractOperator(left, right) }
    public static func - (left: Tensor, right: Double) throws -> Tensor { try subtractScalarOperator(left, right) }
    public static func - (left: Double, right: Tensor) throws -> Tensor { try reverseSubtractOperator(right, left) }
    public static func * (left: Tensor, right: Tensor) throws -> Tensor { try multiplyOperator(left, right) }
    public static func * (left: Tensor, right: Double) throws -> Tensor { try multiplyScalarOperator(left, right) }
    public static func * (left: Double, right: Tensor) throws -> Tensor { try multiplyScalarOperator(right, left) }
    public static func / (left: Tensor, right: Tensor) throws -> Tensor { try divideOperator(left, right) }
    public static func / (left: Tensor, right: Double) throws -> Tensor { try divideScalarOperator(left, right) }
    public static func / (left: Double, right: Tensor) throws -> Tensor {
        try multiplyScalarOperator(reciprocalOperator(right), left)
    }
    public static prefix func - (tensor: Tensor) throws -> Tensor { try negateOperator(tensor) }
}

extension Tensor {
    private static let powerOperator = Operator("aten::pow.Tensor_Scalar")
    private static let squareOperator = Operator("aten::square")
    private static let squareRootOperator = Operator("aten::sqrt")
    private static let exponentialOperator = Operator("aten::exp")
    private static let logarithmOperator = Operator("aten::log")
    private static let sineOperator = Operator("aten::sin")
    private static let cosineOperator = Operator("aten::cos")
    private static let arcTangent2Operator = Operator("aten::atan2")
    private static let absoluteOperator = Operator("aten::abs")
    private static let floorOperator = Operator("aten::floor")
    private static let roundOperator = Operator("aten::round")
    private static let sigmoidOperator = Operator("aten::sigmoid")
    private static let softplusOperator = Operator("aten::softplus")
    private static let minimumOperator = Operator("aten::minimum")
    private static let maximumOperator = Operator("aten::maximum")
    private static let clampOperator = Operator("aten::clamp")

    public func power(_ exponent: Double) throws -> Tensor { try Tensor.powerOperator(self, exponent) }
    public func squared() throws -> Tensor { try Tensor.squareOperator(self) }
    public func squareRoot() throws -> Tensor { try Tensor.squareRootOperator(self) }
    public func exponential() throws -> Tensor { try Tensor.exponentialOperator(self) }
    public func logarithm() throws -> Tensor { try Tensor.logarithmOperator(self) }
    public func sine() throws -> Tensor { try Tensor.sineOperator(self) }
    public func cosine() throws -> Tensor { try Tensor.cosineOperator(self) }
    /// The angle of the point (x, self) in (−π, π].
    public func arcTangent2(_ x: Tensor) throws -> Tensor { try Tensor.arcTangent2Operator(self, x) }
    public func absolute() throws -> Tensor { try Tensor.absoluteOperator(self) }
    public func floor() throws -> Tensor { try Tensor.floorOperator(self) }
    public func rounded() throws -> Tensor { try Tensor.roundOperator(self) }
    public func sigmoid() throws -> Tensor { try Tensor.sigmoidOperator(self) }
    /// log(1 + eˣ), linear from x = `threshold` on.
    ///
    /// libtorch's own threshold is 20, which is exact to float32 but leaves an error of 2e-9, and a
    /// jump, in float64; from 40 on both agree with x to the last bit.
    public func softplus(threshold: Double = 40) throws -> Tensor {
        try Tensor.softplusOperator(self, 1, threshold)
    }
    public func minimum(_ other: Tensor) throws -> Tensor { try Tensor.minimumOperator(self, other) }
    public func maximum(_ other: Tensor) throws -> Tensor { try Tensor.maximumOperator(self, other) }
    /// Values outside the bounds are moved to them; their gradient is zero.
    public func clamped(from lower: Double? = nil, to upper: Double? = nil) throws -> Tensor {
        try Tensor.clampOperator(self, lower, upper)
    }
}
