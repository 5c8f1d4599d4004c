import Torch

/// What fresh class weights [C, D] are drawn from.
public enum WeightInitialization: Sendable, Hashable {
    /// Normal with variance 2/(C + D), as OpenSphere draws them (Glorot and Bengio, 2010).
    case xavierNormal
    /// Uniform in ±√(6/(C + D)), as CAMRI's code draws them.
    case xavierUniform
    /// Normal with variance 2/D, as UniFace's code draws them (He et al., 2015).
    case kaimingNormal
    /// Normal with this standard deviation; Partial FC uses 0.01.
    case normal(standardDeviation: Double)

    /// Draws a matrix.
    public func draw(
        classCount: Int, featureCount: Int, generator: Generator, scalarType: ScalarType = .float32
    ) throws -> Tensor {
        let shape = [classCount, featureCount]
        let size = Double(classCount + featureCount)
        switch self {
        case .xavierNormal:
            return try Tensor.normal(shape, generator: generator, scalarType: scalarType)
                * (2 / size).squareRoot()
        case .xavierUniform:
            let bound = (6 / size).squareRoot()
            return try Tensor.uniform(shape, generator: generator, scalarType: scalarType) * (2 * bound) - bound
        case .kaimingNormal:
            return try Tensor.normal(shape, generator: generator, scalarType: scalarType)
                * (2 / Double(featureCount)).squareRoot()
        case .normal(let deviation):
            return try Tensor.normal(shape, generator: generator, scalarType: scalarType) * deviation
        }
    }
}
