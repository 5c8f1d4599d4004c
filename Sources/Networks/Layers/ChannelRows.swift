import CKernels
import Torch

/// A dense float32 tensor on the CPU as its memory has it: rows of channels, [N · H · W, C].
///
/// Few channels do not fill a vector, so kernels take several rows for one wide row, whose entries belong to channels
/// 0 ..< C over and over. They work by chunks whose bounds depend on the shape alone, so that sums are the same for any
/// number of threads.
struct ChannelRows: @unchecked Sendable {
    let tensor: Tensor
    let start: UnsafeMutablePointer<Float>
    let count: Int
    let channels: Int
    /// How many rows make a wide one.
    let together: Int

    /// `nil` for tensors of another type, on another device, without elements, or in another order.
    init?(_ tensor: Tensor) throws {
        guard tensor.scalarType == .float32, tensor.device == .cpu, tensor.rank >= 2, tensor.count > 0,
            let start = try Self.memory(of: tensor)
        else { return nil }
        self.init(tensor, start)
    }

    private init(_ tensor: Tensor, _ start: UnsafeMutablePointer<Float>) {
        self.tensor = tensor
        self.start = start
        channels = tensor.size(1)
        count = tensor.count / tensor.size(1)
        var together = 1
        while channels * together * 2 <= Self.largestWidth, count.isMultiple(of: together * 2) { together *= 2 }
        self.together = together
    }

    /// Eight vectors of sums hide that each addition waits for the last.
    private static let largestWidth = 128
    /// The entries of a wide row.
    var width: Int { channels * together }
    private var wideCount: Int { count / together }

    /// New memory of the same shape and order.
    func emptyLike() throws -> ChannelRows {
        try arranging(tensor.emptyLike())
    }

    /// A float32 tensor of the same shape, copied into the same order if need be.
    func arranging(_ other: Tensor) throws -> ChannelRows {
        let ordered = try tensor.rank == 4 ? other.contiguous(.channelsLast) : other.contiguous()
        guard let rows = try ChannelRows(ordered) else { preconditionFailure("\(other) is no \(tensor)") }
        return rows
    }

    private static func memory(of tensor: Tensor) throws -> UnsafeMutablePointer<Float>? {
        let ordered = tensor.rank == 4 ? try tensor.permuted([0, 2, 3, 1]) : tensor
        let isRows = tensor.rank == 4 || tensor.count == tensor.size(0) * tensor.size(1)
        guard isRows, ordered.isContiguous else { return nil }
        return try ordered.withElements(of: Float.self) { $0.baseAddress }
    }

    /// Small enough to stay in a processor's own cache between two looks.
    private var rowsInChunk: Int { max(16, 32_768 / width) }
    var chunkCount: Int { (wideCount + rowsInChunk - 1) / rowsInChunk }
    /// The number of wide rows of a chunk.
    func rows(inChunk chunk: Int) -> Int { min(rowsInChunk, wideCount - chunk * rowsInChunk) }

    /// Calls `body` with each chunk's number, its first element and its number of wide rows.
    func forEachChunk(_ body: @escaping @Sendable (_ chunk: Int, _ offset: Int, _ rows: Int64) -> Void) {
        let size = rowsInChunk
        let run = { @Sendable [self] chunk in
            body(chunk, chunk * size * width, Int64(rows(inChunk: chunk)))
        }
        if tensor.count < Self.worthThreads {
            (0..<chunkCount).forEach(run)
        } else {
            Libtorch.concurrently(chunkCount, run)
        }
    }

    /// Fewer elements are done before another thread has woken up.
    private static let worthThreads = 1 << 15
}
