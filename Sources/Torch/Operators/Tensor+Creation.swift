// New tensors. Shapes are given in full; the element type is float32 unless said otherwise.

extension Tensor {
    private static let emptyOperator = Operator("aten::empty.memory_format")
    private static let fullOperator = Operator("aten::full")
    private static let arangeOperator = Operator("aten::arange.start_step")
    private static let eyeOperator = Operator("aten::eye")
    private static let randnOperator = Operator("aten::randn.generator")
    private static let randOperator = Operator("aten::rand.generator")
    private static let randpermOperator = Operator("aten::randperm.generator")
    private static let onesLikeOperator = Operator("aten::ones_like")
    private static let zerosLikeOperator = Operator("aten::zeros_like")
    private static let emptyLikeOperator = Operator("aten::empty_like")

    /// Memory as it was found.
    public static func empty(
        _ shape: [Int], scalarType: ScalarType = .float32, device: Device = .cpu
    ) throws -> Tensor {
        try emptyOperator(shape, scalarType, Int?.none, device)
    }

    public static func full(
        _ shape: [Int], _ value: Double, scalarType: ScalarType = .float32, device: Device = .cpu
    ) throws -> Tensor {
        try fullOperator(shape, value, scalarType, Int?.none, device)
    }

    public static func zeros(
        _ shape: [Int], scalarType: ScalarType = .float32, device: Device = .cpu
    ) throws -> Tensor {
        try full(shape, 0, scalarType: scalarType, device: device)
    }

    public static func ones(
        _ shape: [Int], scalarType: ScalarType = .float32, device: Device = .cpu
    ) throws -> Tensor {
        try full(shape, 1, scalarType: scalarType, device: device)
    }

    /// A tensor of no dimensions.
    public static func scalar(
        _ value: Double, scalarType: ScalarType = .float32, device: Device = .cpu
    ) throws -> Tensor {
        try full([], value, scalarType: scalarType, device: device)
    }

    /// The whole numbers from `start` up to but not including `end`, as int64.
    public static func range(
        _ start: Int = 0, _ end: Int, step: Int = 1, device: Device = .cpu
    ) throws -> Tensor {
        try arangeOperator(start, end, step, ScalarType.int64, Int?.none, device)
    }

    /// The identity matrix of `size` rows.
    public static func identity(
        _ size: Int, scalarType: ScalarType = .float32, device: Device = .cpu
    ) throws -> Tensor {
        try eyeOperator(size, scalarType, Int?.none, device)
    }

    /// Independent standard normal numbers.
    public static func normal(
        _ shape: [Int], generator: Generator, scalarType: ScalarType = .float32
    ) throws -> Tensor {
        try randnOperator(shape, generator, scalarType, Int?.none, generator.device)
    }

    /// Independent numbers, uniform in [0, 1).
    public static func uniform(
        _ shape: [Int], generator: Generator, scalarType: ScalarType = .float32
    ) throws -> Tensor {
        try randOperator(shape, generator, scalarType, Int?.none, generator.device)
    }

    /// 0..<count in random order, as int64.
    public static func permutation(_ count: Int, generator: Generator) throws -> Tensor {
        try randpermOperator(count, generator, ScalarType.int64, Int?.none, generator.device)
    }

    public func onesLike() throws -> Tensor { try Tensor.onesLikeOperator(self) }
    public func zerosLike() throws -> Tensor { try Tensor.zerosLikeOperator(self) }
    public func emptyLike() throws -> Tensor { try Tensor.emptyLikeOperator(self) }
}
