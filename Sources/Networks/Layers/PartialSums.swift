/// Sums over the rows of each chunk, which threads write and one adds up.
final class PartialSums: @unchecked Sendable {
    private let memory: UnsafeMutablePointer<Float>
    private let chunks: Int
    private let channels: Int
    private let kinds: Int

    init(chunks: Int, channels: Int, kinds: Int) {
        memory = .allocate(capacity: chunks * channels * kinds)
        (self.chunks, self.channels, self.kinds) = (chunks, channels, kinds)
    }

    deinit { memory.deallocate() }

    /// One number per channel.
    subscript(kind: Int, chunk: Int) -> UnsafeMutablePointer<Float> { memory + (kind * chunks + chunk) * channels }

    /// Over all chunks, in Double and in order: the same for any number of threads.
    func totals() -> [[Double]] {
        (0..<kinds).map { kind in
            var total = [Double](repeating: 0, count: channels)
            for chunk in 0..<chunks {
                let part = self[kind, chunk]
                for channel in 0..<channels { total[channel] += Double(part[channel]) }
            }
            return total
        }
    }
}
