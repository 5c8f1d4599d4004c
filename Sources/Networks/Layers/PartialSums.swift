/// Sums over the rows of each chunk, which threads write and one adds up.
final class PartialSums: @unchecked Sendable {
    private let memory: UnsafeMutablePointer<Float>
    private let chunks: Int
    private let width: Int
    private let channels: Int
    private let kinds: Int

    init(chunks: Int, of rows: ChannelRows, kinds: Int) {
        (self.chunks, width, channels, self.kinds) = (chunks, rows.width, rows.channels, kinds)
        memory = .allocate(capacity: chunks * width * kinds)
    }

    deinit { memory.deallocate() }

    /// One number per entry of a wide row.
    subscript(kind: Int, chunk: Int) -> UnsafeMutablePointer<Float> { memory + (kind * chunks + chunk) * width }

    /// Of each channel over all chunks, in Double and in order: the same for any number of threads.
    func totals() -> [[Double]] {
        (0..<kinds).map { kind in
            var total = [Double](repeating: 0, count: channels)
            for chunk in 0..<chunks {
                let part = self[kind, chunk]
                for start in stride(from: 0, to: width, by: channels) {
                    for channel in 0..<channels { total[channel] += Double(part[start + channel]) }
                }
            }
            return total
        }
    }
}
