import CKernels
import Torch

/// What the kernels of ``FusedNormalization`` need to know of each channel; one table, a row per constant.
final class ChannelConstants: @unchecked Sendable {
    private let memory: UnsafeMutablePointer<Float>
    private let channels: Int

    private enum Row: Int, CaseIterable { case mean, scale, shift, slope, product, constant }

    /// Those of the forward pass.
    init(_ layer: BatchNorm, activation: Activation?, statistics: BatchStatistics) throws {
        channels = statistics.means.count
        memory = .allocate(capacity: channels * Row.allCases.count)
        memory.initialize(repeating: 0, count: channels * Row.allCases.count)
        let deviations = statistics.inverseDeviations(epsilon: layer.epsilon)
        set(.mean, statistics.means.map(Float.init))
        set(.scale, zip(try layer.weight.elements(as: Float.self), deviations).map { Float(Double($0) * $1) })
        set(.shift, try layer.bias.elements())
        switch activation {
        case nil: set(.slope, [Float](repeating: 1, count: channels))
        case .relu: break
        case .prelu(let prelu): set(.slope, try prelu.slope.elements())
        }
    }

    deinit { memory.deallocate() }

    /// Adds those of the backward pass: the gradient of x is scale · d + product · (x − mean) + constant.
    func setBackward(product: [Double], constant: [Double]) {
        set(.product, product.map(Float.init))
        set(.constant, constant.map(Float.init))
    }

    private func set(_ row: Row, _ values: [Float]) {
        for (channel, value) in values.enumerated() { self[row][channel] = value }
    }

    private subscript(row: Row) -> UnsafeMutablePointer<Float> { memory + row.rawValue * channels }

    var scale: [Double] { (0..<channels).map { Double(self[.scale][$0]) } }

    /// For the kernels, while this table is alive.
    var forKernel: ck_normalization {
        ck_normalization(
            mean: self[.mean], scale: self[.scale], shift: self[.shift], slope: self[.slope],
            product: self[.product], constant: self[.constant], channels: Int64(channels))
    }
}
