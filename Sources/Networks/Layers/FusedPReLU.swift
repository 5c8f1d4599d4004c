import CKernels
import Torch

/// PReLU whose backward pass reads memory once, for float32 on the CPU.
///
/// libtorch's reads x and the gradient, writes the input's gradient and an array of the same size
/// with the slope's, and reads the latter again to sum it.
struct FusedPReLU {
    let x: Tensor
    let slope: Tensor
    private let format: MemoryFormat

    /// `nil` where libtorch's own is to be used: no gradient is recorded, or the tensors are of
    /// another type, on another device, or not dense.
    init?(_ x: Tensor, slope: Tensor) throws {
        guard isRecordingGradients, x.requiresGradient || slope.requiresGradient,
            x.scalarType == .float32, slope.scalarType == .float32, x.device == .cpu, slope.device == .cpu,
            x.rank >= 2, x.count > 0, slope.shape == [x.size(1)]
        else { return nil }
        if x.isContiguous {
            format = .contiguous
        } else if x.rank == 4, try x.permuted([0, 2, 3, 1]).isContiguous {
            format = .channelsLast
        } else {
            return nil
        }
        self.x = x
        self.slope = slope
    }

    func callAsFunction() throws -> Tensor {
        try differentiable("prelu", [x, slope]) {
            (
                outputs: [try x.prelu(slope)],
                backward: { seeds in
                    guard let gradient = seeds[0] else { return [nil, nil] }
                    return isRecordingGradients ? try recordedBackward(gradient) : try fusedBackward(gradient)
                }
            )
        }[0]
    }

    /// ∂L/∂x = g · (x > 0 ? 1 : a) and ∂L/∂a = Σ g · (x > 0 ? 0 : x) by operators, for a pass that will
    /// be differentiated itself.
    func recordedBackward(_ gradient: Tensor) throws -> [Tensor?] {
        let isPositive = try x .> 0
        let dimensions = (0..<x.rank).filter { $0 != 1 }
        let slopes = try slope.reshaped((0..<x.rank).map { $0 == 1 ? -1 : 1 })
        return [
            try Tensor.select(isPositive, gradient, gradient * slopes),
            try Tensor.select(isPositive, x.zerosLike(), gradient * x).sum(dimensions),
        ]
    }

    /// The same in one pass over memory.
    func fusedBackward(_ gradient: Tensor) throws -> [Tensor?] {
        let inputGradient = try x.emptyLike()
        let channels = x.size(1)
        let isRows = format == .channelsLast || x.count == x.size(0) * channels
        let rows = x.count / channels
        let chunks = isRows ? (rows + Self.rowsPerChunk - 1) / Self.rowsPerChunk : x.size(0)
        var sums = [Float](repeating: 0, count: chunks * channels)

        try inputGradient.inMemoryOrder(format).withElements(of: Float.self) { output in
            try x.inMemoryOrder(format).withElements(of: Float.self) { x in
                try gradient.contiguous(format).inMemoryOrder(format).withElements(of: Float.self) { gradient in
                    try slope.withElements(of: Float.self) { slopes in
                        sums.withUnsafeMutableBufferPointer { sums in
                            let pass = Pass(
                                x: x, gradient: gradient, slopes: slopes, output: output, sums: sums,
                                channels: channels, isRows: isRows)
                            pass.run(chunks: chunks)
                        }
                    }
                }
            }
        }

        // In Double and in order: the same for any number of threads.
        let total = (0..<channels).map { channel in
            Float((0..<chunks).reduce(0.0) { $0 + Double(sums[$1 * channels + channel]) })
        }
        return [inputGradient, try Tensor(total)]
    }

    /// Few enough that sums in float stay exact to some 1e-6, enough that sums stay rare.
    static let rowsPerChunk = 256

    /// Memory of tensors that the caller keeps alive.
    private struct Pass: @unchecked Sendable {
        typealias Memory = UnsafeMutableBufferPointer<Float>
        let x: Memory
        let gradient: Memory
        let slopes: Memory
        let output: Memory
        let sums: Memory
        let channels: Int
        let isRows: Bool

        /// Spreads the chunks over as many threads as libtorch uses, unless there is little to do.
        func run(chunks: Int) {
            let instructions = ck_best_instructions()
            if x.count < 1 << 15 {
                for chunk in 0..<chunks { run(chunk, of: chunks, instructions) }
            } else {
                Libtorch.concurrently(chunks) { run($0, of: chunks, instructions) }
            }
        }

        private func run(_ chunk: Int, of chunks: Int, _ instructions: ck_instructions) {
            let sums = sums.from(chunk * channels)
            if isRows {
                let start = chunk * rowsPerChunk * channels
                let rows = min(rowsPerChunk, x.count / channels - chunk * rowsPerChunk)
                ck_prelu_backward_rows(
                    instructions, x.from(start), gradient.from(start), slopes.from(0), output.from(start), sums,
                    Int64(rows), Int64(channels))
            } else {
                let size = x.count / chunks
                let start = chunk * size
                ck_prelu_backward_planes(
                    instructions, x.from(start), gradient.from(start), slopes.from(0), output.from(start), sums,
                    Int64(channels), Int64(size / channels))
            }
        }
    }
}

extension UnsafeMutableBufferPointer {
    /// The address of the element at `index`.
    fileprivate func from(_ index: Int) -> UnsafeMutablePointer<Element>? { baseAddress.map { $0 + index } }
}

extension Tensor {
    /// A view whose row-by-row order is the one in memory.
    fileprivate func inMemoryOrder(_ format: MemoryFormat) throws -> Tensor {
        format == .channelsLast ? try permuted([0, 2, 3, 1]) : self
    }
}
