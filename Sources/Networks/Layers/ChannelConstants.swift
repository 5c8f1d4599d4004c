import CKernels
import Torch

/// What the kernels of ``FusedNormalization`` need to know of each entry of a wide row; one table, a row per constant.
final class ChannelConstants: @unchecked Sendable {
    private let memory: UnsafeMutablePointer<Float>
    private let channels: Int
    private let width: Int

    private enum Row: Int, CaseIterable { case mean, scale, shift, slope, product, constant }

    /// Those of the forward pass.
    init(_ layer: BatchNorm, activation: Activation?, statistics: BatchStatistics, of rows: ChannelRows) throws {
        (channels, width) = (rows.channels, rows.width)
        memory = .allocate(capacity: width * Row.allCases.count)
        memory.initialize(repeating: 0, count: width * Row.allCases.count)
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
        for start in stride(from: 0, to: width, by: channels) {
            for (channel, value) in values.enumerated() { self[row][start + channel] = value }
        }
    }

    private subscript(row: Row) -> UnsafeMutablePointer<Float> { memory + row.rawValue * width }

    var scale: [Double] { (0..<channels).map { Double(self[.scale][$0]) } }

    /// For the kernels, while this table is alive.
    var forKernel: ck_normalization {
        ck_normalization(
            mean: self[.mean], scale: self[.scale], shift: self[.shift], slope: self[.slope],
            product: self[.product], constant: self[.constant], channels: Int64(width))
    }
}
