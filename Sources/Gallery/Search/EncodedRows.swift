import CKernels
import Torch

/// Rows as whole numbers of eight bits, for a first pass over a quarter of the memory.
///
/// With x = s·a + r and q = u·b + p, where a and b are whole numbers from −127 to 127,
///
///     x · q = s u (a · b) + r · q + s a · p,    |r · q + s a · p| ≤ ‖r‖ ‖q‖ + (‖x‖ + ‖r‖) ‖p‖
///
/// so that the product of the whole numbers, which is exact, gives the score to within a bound that is known.
struct EncodedRows: Sendable {
    private let codes: Tensor
    private let scales: Tensor
    private let residuals: Tensor
    private let size: Int

    /// The codes' sums must fit 32 bits.
    static let largestSize = 1 << 17

    init(_ rows: Tensor) throws {
        let (count, size) = (rows.size(0), rows.size(1))
        codes = try Tensor.empty([count, size], scalarType: .int8)
        scales = try Tensor.empty([count], scalarType: .float32)
        residuals = try Tensor.empty([count], scalarType: .float32)
        self.size = size
        let instructions = ck_best_instructions()
        let source = UnsafeRows(try rows.withElements(of: Float.self) { $0.baseAddress })
        let target = UnsafeRows(try codes.withElements(of: Int8.self) { $0.baseAddress })
        let scale = UnsafeRows(try scales.withElements(of: Float.self) { $0.baseAddress })
        let residual = UnsafeRows(try residuals.withElements(of: Float.self) { $0.baseAddress })
        let part = 4096
        Libtorch.concurrently((count + part - 1) / part) { index in
            guard let rows = source.start, let codes = target.start, let scales = scale.start,
                let residuals = residual.start
            else { return }
            let first = index * part
            ck_search_encode(
                instructions, rows + first * size, Int64(min(part, count - first)), Int64(size), codes + first * size,
                scales + first, residuals + first)
        }
        withExtendedLifetime(rows) {}
    }

    /// A query as codes, with what its bound takes.
    struct Query: Sendable {
        let codes: [Int16]
        let scale: Float
        /// Multiplies ‖r‖ in the error's bound: ‖q‖ + ‖p‖.
        let residualFactor: Float
        /// The rest of the bound: ‖x‖ ‖p‖, and what rounding adds.
        let constant: Float

        /// - Parameter longest: an upper bound of all ‖x‖.
        init(_ query: [Float], longest: Float) {
            var codes = [Int8](repeating: 0, count: query.count)
            var (scale, residual): (Float, Float) = (0, 0)
            ck_search_encode(ck_instructions_plain, query, 1, Int64(query.count), &codes, &scale, &residual)
            let length = SearchBounds.length(query)
            self.codes = codes.map(Int16.init)
            self.scale = scale
            residualFactor = (length + residual) * 1.00001
            constant = longest * (residual * 1.00001 + length * SearchBounds.arithmetic)
        }
    }

    /// Offers the rows of a range that can be among the best.
    func offer(
        _ range: Range<Int>, for query: Query, to list: inout CandidateList, _ scratch: UnsafeMutablePointer<Float>
    )
        throws
    {
        let instructions = ck_best_instructions()
        guard let codes = try codes.withElements(of: Int8.self, { $0.baseAddress }),
            let scales = try scales.withElements(of: Float.self, { $0.baseAddress }),
            let residuals = try residuals.withElements(of: Float.self, { $0.baseAddress })
        else { return }
        var first = range.lowerBound
        while first < range.upperBound {
            let count = min(SearchBounds.chunk, range.upperBound - first)
            ck_search_code_products(
                instructions, codes + first * size, scales + first, Int64(count), Int64(size), query.codes, query.scale,
                scratch)
            for place in 0..<count {
                let error = residuals[first + place] * query.residualFactor + query.constant
                if scratch[place] + error >= list.floor {
                    list.offer(first + place, score: scratch[place], error: error)
                }
            }
            first += count
        }
        withExtendedLifetime(self) {}
    }
}

/// An address that threads share; whoever hands it out keeps the memory alive and the threads apart.
struct UnsafeRows<Element>: @unchecked Sendable {
    let start: UnsafeMutablePointer<Element>?

    init(_ start: UnsafeMutablePointer<Element>?) { self.start = start }
}
