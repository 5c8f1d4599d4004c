import CKernels
import Datasets
import Foundation
import Torch

/// Rows in memory that are searched exactly for those most alike a query.
///
/// Scores are inner products in double precision, summed from the first dimension to the last, so that they are the
/// same on every processor and by every way of searching. Rows of equal scores are in the rows' order. A first pass
/// in lower precision finds rows that cannot be left out (``SearchMethod``); only those are scored exactly.
///
/// ```swift
/// let index = try SearchIndex(rows: embeddings)
/// for match in try index.search(query, count: 5) { print(match.row, match.score) }
/// ```
public final class SearchIndex: Sendable {
    /// One of the best rows.
    public struct Match: Hashable, Sendable {
        public let row: Int
        /// x · q: the cosine, where both are directions.
        public let score: Double
    }

    /// The number of rows.
    public let count: Int
    /// The number of dimensions.
    public let size: Int
    private let rows: Tensor
    private let address: UnsafeRows<Float>
    /// No row is longer.
    private let longest: Float
    private let choice: Locked<MethodChoice>
    private let encoding = Locked<EncodedRows?>(nil)

    /// Takes directions: [N, d] in float32 on the CPU, each of length 1 within a thousandth, or 0.
    ///
    /// The tensor is kept, not copied, and must not be written to.
    ///
    /// - Throws: ``SearchIndexError`` that names the first row of another length.
    public init(rows: Tensor) throws {
        precondition(rows.rank == 2, "rows of a search are [N, d], not \(rows.shape)")
        self.rows = try rows.contiguous()
        count = rows.size(0)
        size = rows.size(1)
        address = UnsafeRows(try self.rows.withElements(of: Float.self) { $0.baseAddress })
        longest = 1.001
        choice = Locked(MethodChoice(rowCount: rows.size(0), size: rows.size(1)))
        try checkLengths()
    }

    /// The best rows for one query of `size` finite numbers, best first.
    ///
    /// - Parameters:
    ///   - wanted: how many; all of them where there are fewer.
    ///   - pass: how the first pass is done; by default whichever was faster here (``method``).
    public func search(_ query: [Float], count wanted: Int, by pass: SearchMethod.Pass? = nil) throws -> [Match] {
        precondition(query.count == size, "a query of \(query.count) dimensions in a gallery of \(size)")
        guard wanted > 0, count > 0 else { return [] }
        guard let pass else {
            let chosen = choice.withLock { $0.next() }
            if chosen == .codes { _ = try encodedRows() }
            let start = ContinuousClock.now
            let found = try search(query, count: wanted, by: chosen)
            let seconds = (ContinuousClock.now - start) / .seconds(1)
            choice.withLock { $0.record(chosen, seconds: seconds) }
            return found
        }
        var candidates =
            switch pass {
            case .fullPrecision: try fullPrecisionCandidates(query, wanted)
            case .codes: try codeCandidates(query, wanted)
            }
        return ranked(candidates.rows(), query, wanted)
    }

    /// The best rows for each of many queries, [Q, d], by matrix products.
    ///
    /// The results are those of ``search(_:count:by:)``, to the bit.
    public func search(queries: Tensor, count wanted: Int) throws -> [[Match]] {
        precondition(queries.rank == 2 && queries.size(1) == size, "queries \(queries.shape) for rows of \(size)")
        let numbers = try queries.to(.float32).elements(as: Float.self)
        let vectors = (0..<queries.size(0)).map { Array(numbers[$0 * size..<($0 + 1) * size]) }
        // A product of matrices reads the rows once for all queries, but computes in full.
        guard vectors.count >= Self.fewestQueriesOfAProduct, count > 0, wanted > 0 else {
            return try vectors.map { try search($0, count: wanted) }
        }
        var found: [[Match]] = []
        for first in stride(from: 0, to: vectors.count, by: Self.queriesTogether) {
            let part = Array(vectors[first..<min(first + Self.queriesTogether, vectors.count)])
            var lists = try productCandidates(part, wanted)
            for place in part.indices { found.append(ranked(lists[place].rows(), part[place], wanted)) }
        }
        return found
    }

    private static let fewestQueriesOfAProduct = 4
    private static let queriesTogether = 128

    /// How single queries are searched, and why.
    public var method: SearchMethod { choice.withLock { $0.method } }

    private func checkLengths() throws {
        let part = 4096
        let (count, size, address) = (count, size, address)
        let wrong = Locked<Int?>(nil)
        let instructions = ck_best_instructions()
        Libtorch.concurrently((count + part - 1) / part) { index in
            let range = index * part..<min((index + 1) * part, count)
            var inverse = [Float](repeating: 0, count: range.count)
            guard let start = address.start else { return }
            let allFinite = ck_classes_inverse_norms(
                instructions, start + range.lowerBound * size, Int64(range.count), Int64(size), &inverse)
            if allFinite, inverse.allSatisfy({ abs($0 - 1) < 0.0009 }) { return }
            let first = range.first { row in
                let square = ck_search_exact_product(start + row * size, start + row * size, Int64(size))
                return !(abs(square.squareRoot() - 1) < 0.00099 || square == 0)
            }
            if let first { wrong.withLock { $0 = min($0 ?? first, first) } }
        }
        withExtendedLifetime(rows) {}
        if let row = wrong.withLock({ $0 }) { throw SearchIndexError(row: row) }
    }

    // MARK: First passes

    /// Ranges of rows, one for each thread.
    private var parts: [Range<Int>] {
        let threads = max(1, min(Libtorch.threadCount, count / SearchBounds.chunk))
        return (0..<threads).map { count * $0 / threads..<count * ($0 + 1) / threads }
    }

    private func candidates(
        _ wanted: Int,
        _ offer: @Sendable (Range<Int>, inout CandidateList, UnsafeMutablePointer<Float>) throws -> Void
    ) throws -> CandidateList {
        let parts = parts
        let results = Locked([Result<CandidateList, any Error>?](repeating: nil, count: parts.count))
        Libtorch.concurrently(parts.count) { part in
            let result = Result {
                var list = CandidateList(wanted: wanted)
                let scratch = UnsafeMutablePointer<Float>.allocate(capacity: SearchBounds.chunk)
                defer { scratch.deallocate() }
                try offer(parts[part], &list, scratch)
                return list
            }
            results.withLock { $0[part] = result }
        }
        var all = CandidateList(wanted: wanted)
        for result in results.withLock({ $0 }) {
            if let list = try result?.get() { all.merge(list) }
        }
        return all
    }

    private func fullPrecisionCandidates(_ query: [Float], _ wanted: Int) throws -> CandidateList {
        let error = SearchBounds.product(size: size) * longest * SearchBounds.length(query)
        let instructions = ck_best_instructions()
        let (size, address) = (size, address)
        return try candidates(wanted) { range, list, scratch in
            guard let rows = address.start else { return }
            var first = range.lowerBound
            while first < range.upperBound {
                let count = min(SearchBounds.chunk, range.upperBound - first)
                ck_search_products(instructions, rows + first * size, Int64(count), Int64(size), query, scratch)
                for place in 0..<count where scratch[place] + error >= list.floor {
                    list.offer(first + place, score: scratch[place], error: error)
                }
                first += count
            }
        }
    }

    private func codeCandidates(_ query: [Float], _ wanted: Int) throws -> CandidateList {
        guard size <= EncodedRows.largestSize else { return try fullPrecisionCandidates(query, wanted) }
        let encoded = try encodedRows()
        let query = EncodedRows.Query(query, longest: longest)
        return try candidates(wanted) { range, list, scratch in
            try encoded.offer(range, for: query, to: &list, scratch)
        }
    }

    private func encodedRows() throws -> EncodedRows {
        try encoding.withLock { encoded in
            if let encoded { return encoded }
            let made = try EncodedRows(rows)
            encoded = made
            return made
        }
    }

    private func productCandidates(_ queries: [[Float]], _ wanted: Int) throws -> [CandidateList] {
        let matrix = try Tensor(queries.flatMap { $0 }, shape: [queries.count, size])
        let errors = queries.map { SearchBounds.product(size: size) * longest * SearchBounds.length($0) }
        let lists = queries.map { _ in Locked(CandidateList(wanted: wanted)) }
        let rowsTogether = 8192
        for first in stride(from: 0, to: count, by: rowsTogether) {
            let range = first..<min(first + rowsTogether, count)
            let scores = try matrix.product(rows.sliced(range).transposed())
            let address = UnsafeRows(try scores.withElements(of: Float.self) { $0.baseAddress })
            Libtorch.concurrently(queries.count) { query in
                guard let start = address.start else { return }
                let values = start + query * range.count
                let error = errors[query]
                lists[query].withLock { list in
                    for place in 0..<range.count where values[place] + error >= list.floor {
                        list.offer(range.lowerBound + place, score: values[place], error: error)
                    }
                }
            }
            withExtendedLifetime(scores) {}
        }
        return lists.map { $0.withLock { $0 } }
    }

    // MARK: Ranking

    private func ranked(_ candidates: [Int], _ query: [Float], _ wanted: Int) -> [Match] {
        guard let start = address.start else { return [] }
        let matches = candidates.map {
            Match(row: $0, score: ck_search_exact_product(start + $0 * size, query, Int64(size)))
        }
        return Array(
            matches.sorted { $0.score > $1.score || $0.score == $1.score && $0.row < $1.row }.prefix(wanted))
    }
}

/// A row that is no direction.
public struct SearchIndexError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Counted from 0.
    public let row: Int

    public var description: String {
        "row \(row) has not length 1; directions are searched: divide each row by its length"
    }
}
