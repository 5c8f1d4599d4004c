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
        // In place: a matrix of a million classes leaves no room for a second one.
        func normal(_ deviation: Double) throws -> Tensor {
            let matrix = try Tensor.normal(shape, generator: generator, scalarType: scalarType)
            try matrix.multiply(by: deviation)
            return matrix
        }
        switch self {
        case .xavierNormal:
            return try normal((2 / size).squareRoot())
        case .xavierUniform:
            let bound = (6 / size).squareRoot()
            let matrix = try Tensor.uniform(shape, generator: generator, scalarType: scalarType)
            try matrix.multiply(by: 2 * bound)
            try matrix.add(Tensor.scalar(-bound, scalarType: scalarType, device: matrix.device))
            return matrix
        case .kaimingNormal:
            return try normal((2 / Double(featureCount)).squareRoot())
        case .normal(let deviation):
            return try normal(deviation)
        }
    }
}
