import CKernels
import Torch
import Verification

/// Every comparison of one set of embeddings with another, or of all pairs within one set, reduced to what low false
/// accept rates need while it is computed.
///
/// Ten thousand million scores need not be stored: a tile of them is a matrix product, and while it is hot the genuine
/// ones are copied out and the impostor scores are compared with the lowest score that can still matter. Both sets
/// are ordered by label, so that the genuine scores of a row lie side by side.
public struct AllComparisons: Sendable {
    private let rows, columns: Side
    private let isWithinOneSet: Bool
    /// The number of comparisons of one label.
    public let genuineCount: Int
    /// The number of comparisons of different labels.
    public let impostorCount: Int

    /// More scores than this are not kept, of either kind: a gigabyte.
    public static let largestKeptCount = 1 << 27
    package static let tileSize = 2048

    /// All pairs of one set, each once, none of an item with itself.
    public init(within set: LabelledEmbeddings) throws {
        let side = try Side(set, numbers: Self.numbers([set]))
        let genuineCount = side.sizes.reduce(0) { $0 + $1 * ($1 - 1) / 2 }
        self.init(
            rows: side, columns: side, isWithinOneSet: true, genuineCount: genuineCount,
            count: set.count * (set.count - 1) / 2)
    }

    /// Every item of one set with every item of another.
    public init(_ probes: LabelledEmbeddings, against gallery: LabelledEmbeddings) throws {
        let numbers = Self.numbers([probes, gallery])
        let (rows, columns) = try (Side(probes, numbers: numbers), Side(gallery, numbers: numbers))
        let genuineCount = zip(rows.sizes, columns.sizes).reduce(0) { $0 + $1.0 * $1.1 }
        self.init(
            rows: rows, columns: columns, isWithinOneSet: false, genuineCount: genuineCount,
            count: probes.count * gallery.count)
    }

    private init(rows: Side, columns: Side, isWithinOneSet: Bool, genuineCount: Int, count: Int) {
        self.rows = rows
        self.columns = columns
        self.isWithinOneSet = isWithinOneSet
        self.genuineCount = genuineCount
        impostorCount = count - genuineCount
    }

    private static func numbers(_ sets: [LabelledEmbeddings]) -> [String: Int] {
        var numbers: [String: Int] = [:]
        for label in sets.lazy.flatMap(\.labels) where numbers[label] == nil { numbers[label] = numbers.count }
        return numbers
    }

    /// One side, ordered by label.
    private struct Side: Sendable {
        let embeddings: Tensor
        /// The label of every row, by number.
        let labels: [Int]
        /// How many rows each label has, and where they begin.
        let sizes, starts: [Int]

        init(_ set: LabelledEmbeddings, numbers: [String: Int]) throws {
            let labels = set.labels.map { numbers[$0] ?? 0 }
            var sizes = [Int](repeating: 0, count: numbers.count)
            for label in labels { sizes[label] += 1 }
            var starts: [Int] = []
            var next = 0
            for size in sizes {
                starts.append(next)
                next += size
            }
            var places = starts
            var order = [Int](repeating: 0, count: labels.count)
            for (row, label) in labels.enumerated() {
                order[places[label]] = row
                places[label] += 1
            }
            embeddings = try set.embeddings.to(.float32).rows(Tensor(order))
            self.labels = order.map { labels[$0] }
            self.sizes = sizes
            self.starts = starts
        }
    }

    /// Computes all comparisons and keeps what a false accept rate, and all lower ones, need.
    ///
    /// - Parameter progress: called with the comparisons done and all of them.
    /// - Throws: ``/Verification/VerificationError`` if one side is empty, or if more scores would have to be kept than
    ///   ``largestKeptCount``.
    public func tail(falseAcceptRate: Double, progress: (Int, Int) -> Void = { _, _ in }) throws -> ErrorRateTail {
        guard genuineCount > 0 else { throw VerificationError.noGenuineTrials }
        guard impostorCount > 0 else { throw VerificationError.noImpostorTrials }
        let keptCount = ErrorRateTail.keptCount(falseAcceptRate: falseAcceptRate, impostorCount: impostorCount)
        for (what, count) in [("genuine scores", genuineCount), ("impostor scores above the threshold", keptCount)]
        where count > Self.largestKeptCount {
            throw VerificationError.tooManyScores(what: what, count: count, limit: Self.largestKeptCount)
        }
        var genuine = [Float](repeating: 0, count: genuineCount)
        let largest = try genuine.withUnsafeMutableBufferPointer { genuine in
            try largestImpostorScores(keptCount, genuine: genuine, progress: progress)
        }
        return try ErrorRateTail(
            genuine: genuine, largestImpostor: largest.ascending(), impostorCount: impostorCount)
    }

    /// Where the genuine scores of each row begin among all.
    private var genuineOffsets: [Int] {
        var next = 0
        return rows.labels.enumerated().map { row, label in
            let offset = next
            next += genuineColumns(row, label).count
            return offset
        }
    }

    /// The columns of a row that are of its label; within one set those behind the row alone.
    private func genuineColumns(_ row: Int, _ label: Int) -> Range<Int> {
        let columns = columns.starts[label]..<columns.starts[label] + columns.sizes[label]
        return isWithinOneSet ? row + 1..<max(columns.upperBound, row + 1) : columns
    }

    private func largestImpostorScores(
        _ keptCount: Int, genuine: UnsafeMutableBufferPointer<Float>, progress: (Int, Int) -> Void
    ) throws -> LargestScores {
        let shares = Libtorch.threadCount
        let largest = UnsafeMutablePointer<LargestScores>.allocate(capacity: shares)
        largest.initialize(repeating: LargestScores(capacity: keptCount), count: shares)
        let above = UnsafeMutablePointer<Float>.allocate(capacity: shares * Self.tileSize)
        defer {
            largest.deinitialize(count: shares)
            largest.deallocate()
            above.deallocate()
        }
        let offsets = genuineOffsets
        var done = 0
        for top in stride(from: 0, to: rows.labels.count, by: Self.tileSize) {
            let tileRows = top..<min(top + Self.tileSize, rows.labels.count)
            let left = try rows.embeddings.sliced(tileRows)
            for start in stride(from: isWithinOneSet ? top : 0, to: columns.labels.count, by: Self.tileSize) {
                let tileColumns = start..<min(start + Self.tileSize, columns.labels.count)
                let right = try columns.embeddings.sliced(tileColumns)
                let scores = try left.product(right.transposed())
                // What is not above the k-th largest of one share's is not among the k largest of all.
                let limit = (0..<shares).reduce(-Float.infinity) { max($0, largest[$1].threshold) }
                try scores.withElements(of: Float.self) { memory in
                    guard let base = memory.baseAddress else { return }
                    nonisolated(unsafe) let (memory, genuine, largest, above) = (base, genuine, largest, above)
                    // Every share has rows, kept scores and room of its own.
                    Libtorch.concurrently(shares) { share in
                        let own = tileRows.count * share / shares..<tileRows.count * (share + 1) / shares
                        for row in own {
                            keep(
                                memory + row * tileColumns.count, row: top + row, columns: tileColumns,
                                genuine: genuine, offset: offsets[top + row], limit: limit,
                                largest: &largest[share], above: above + share * Self.tileSize)
                        }
                    }
                }
            }
            done += (tileRows.lowerBound..<tileRows.upperBound).reduce(0) {
                $0 + (isWithinOneSet ? columns.labels.count - $1 - 1 : columns.labels.count)
            }
            progress(done, genuineCount + impostorCount)
        }
        for share in 1..<max(shares, 1) { largest[0].merge(largest[share]) }
        return largest[0]
    }

    /// Takes what matters from a row of a tile.
    private func keep(
        _ scores: UnsafePointer<Float>, row: Int, columns tile: Range<Int>,
        genuine: UnsafeMutableBufferPointer<Float>, offset: Int, limit: Float, largest: inout LargestScores,
        above: UnsafeMutablePointer<Float>
    ) {
        let used = isWithinOneSet ? tile.clamped(to: row + 1..<max(row + 1, tile.upperBound)) : tile
        guard !used.isEmpty else { return }
        let own = genuineColumns(row, rows.labels[row])
        let same = own.clamped(to: used)
        for column in same { genuine[offset + column - own.lowerBound] = scores[column - tile.lowerBound] }
        let others =
            same.isEmpty
            ? [used] : [used.lowerBound..<same.lowerBound, same.upperBound..<used.upperBound]
        for part in others where !part.isEmpty {
            let count = ck_values_above(
                ck_best_instructions(), scores + (part.lowerBound - tile.lowerBound), Int64(part.count),
                max(limit, largest.threshold), above)
            if count > 0 { largest.offer(UnsafeBufferPointer(start: above, count: Int(count))) }
        }
    }
}
