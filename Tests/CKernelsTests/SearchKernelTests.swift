import CKernels
import Testing

/// Every version against the plain one and against sums in double precision.
@Suite struct SearchKernelTests {
    private static let versions = [
        ck_instructions_plain, ck_instructions_baseline, ck_instructions_avx2, ck_instructions_avx512,
    ].filter(ck_instructions_are_available)
    private static let sizes = [1, 2, 3, 7, 8, 15, 16, 31, 32, 63, 64, 65, 127, 512, 700]
    private let count = 5

    private func numbers(_ count: Int, seed: UInt64) -> [Float] {
        var state = seed
        return (0..<count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Float(Int32(truncatingIfNeeded: state >> 32)) * 0x1p-31
        }
    }

    private func length(_ row: ArraySlice<Float>) -> Double {
        row.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
    }

    @Test(arguments: sizes) func productsAreWithinTheirBound(size: Int) {
        let (rows, query) = (numbers(count * size, seed: 1), numbers(size, seed: 2))
        for version in Self.versions {
            var products = [Float](repeating: .nan, count: count)
            ck_search_products(version, rows, Int64(count), Int64(size), query, &products)
            for row in 0..<count {
                let x = rows[row * size..<(row + 1) * size]
                let exact = zip(x, query).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
                let units = Double(size) * 0x1p-24
                #expect(abs(Double(products[row]) - exact) <= units / (1 - units) * length(x) * length(query[...]))
                let again = Array(x).withUnsafeBufferPointer {
                    ck_search_exact_product($0.baseAddress, query, Int64(size))
                }
                #expect(again == exact)
            }
        }
    }

    @Test(arguments: sizes) func codesAndWhatTheyLeaveOverMakeTheRow(size: Int) {
        var rows = numbers(count * size, seed: 3)
        // A row of zeros, one of tiny numbers, and one with a single large number.
        for i in 0..<size { (rows[i], rows[size + i]) = (0, rows[size + i] * 0x1p-110) }
        rows[2 * size] = -100
        for version in Self.versions {
            var codes = [Int8](repeating: 99, count: count * size)
            var (scales, residuals) = ([Float](repeating: .nan, count: count), [Float](repeating: .nan, count: count))
            ck_search_encode(version, rows, Int64(count), Int64(size), &codes, &scales, &residuals)
            #expect(codes.allSatisfy { $0 >= -127 })
            for row in 0..<count {
                let rest = (row * size..<(row + 1) * size).map {
                    Double(rows[$0]) - Double(scales[row]) * Double(codes[$0])
                }
                let norm = rest.reduce(0.0) { $0 + $1 * $1 }.squareRoot()
                #expect(norm <= Double(residuals[row]))
                // Not a bound that says nothing: half a step in each dimension, and a little.
                #expect(Double(residuals[row]) <= 0.502 * Double(scales[row]) * Double(size).squareRoot() + 1e-17)
            }
        }
    }

    @Test(arguments: sizes) func productsOfCodesAreExact(size: Int) {
        var codes = numbers(count * size, seed: 4).map { Int8($0 * 127) }
        var query = numbers(size, seed: 5).map { Int16($0 * 127) }
        // The largest sums that pairs of products can have.
        for i in 0..<size { codes[i] = i.isMultiple(of: 2) ? 127 : -127 }
        for i in 0..<size { codes[size + i] = -127 }
        if size > 16 { for i in 0..<size / 2 { query[i] = -127 } }
        let scales: [Float] = [0.5, 1, 0.25, 2, 0]
        for version in Self.versions {
            var products = [Float](repeating: .nan, count: count)
            ck_search_code_products(
                version, codes, scales, Int64(count), Int64(size), query, 0.125, &products)
            for row in 0..<count {
                let sum = (0..<size).reduce(0) { $0 + Int(codes[row * size + $1]) * Int(query[$1]) }
                #expect(products[row] == scales[row] * 0.125 * Float(sum))
            }
        }
    }
}
