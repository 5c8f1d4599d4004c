import Torch

/// The rectifier with a learned slope per channel (dimension 1):
///
///     y = x where x > 0, slope · x elsewhere
///
/// He et al., “Delving deep into rectifiers”, ICCV 2015, equation 1; slopes start at their 0.25.
public struct PReLU: Module {
    /// [C]
    public var slope: Tensor

    public init(channels: Int, slope: Double = 0.25, device: Device = .cpu) throws {
        self.slope = try Tensor.full([channels], slope, device: device)
    }

    public func callAsFunction(_ x: Tensor) throws -> Tensor {
        try FusedPReLU(x, slope: slope)?() ?? x.prelu(slope)
    }

    public mutating func visit(_ visitor: inout ModuleVisitor) throws {
        try visitor.parameter("weight", &slope)
    }
}
