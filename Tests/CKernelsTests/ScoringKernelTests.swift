import CKernels
import Testing

@Suite struct ScoringKernelTests {
    private static let versions = [
        ck_instructions_plain, ck_instructions_baseline, ck_instructions_avx2, ck_instructions_avx512,
    ].map(\.rawValue)

    @Test(arguments: versions, [1, 7, 16, 63, 64, 192, 200])
    func productsOfPairs(rawValue: Int32, width: Int) {
        let instructions = ck_instructions(rawValue: rawValue)
        guard ck_instructions_are_available(instructions) else { return }
        let rows = (0..<20 * width).map { Float(($0 * 37) % 101) / 101 - 0.5 }
        let left = (0..<50).map { UInt32(($0 * 7) % 20) }
        let right = (0..<50).map { UInt32(($0 * 3 + 1) % 20) }
        var products = [Float](repeating: .nan, count: 50)
        ck_pair_products(instructions, rows, Int64(width), left, right, 50, &products)
        for (trial, product) in products.enumerated() {
            let (a, b) = (Int(left[trial]) * width, Int(right[trial]) * width)
            let exact = (0..<width).reduce(0) { $0 + Double(rows[a + $1]) * Double(rows[b + $1]) }
            #expect(abs(Double(product) - exact) < 1e-5)
        }
    }

    @Test(arguments: versions)
    func valuesAboveAThreshold(rawValue: Int32) {
        let instructions = ck_instructions(rawValue: rawValue)
        guard ck_instructions_are_available(instructions) else { return }
        var generator = SystemRandomNumberGenerator()
        for count in [0, 1, 15, 16, 63, 64, 65, 128, 1000] {
            var values = (0..<count).map { _ in Float.random(in: -1...1, using: &generator) }
            for place in stride(from: 0, to: count, by: 5) { values[place] = 0.9 }
            for place in stride(from: 1, to: count, by: 11) { values[place] = .nan }
            for threshold: Float in [-.infinity, 0.9, 0.5, .infinity] {
                var above = [Float](repeating: .nan, count: max(count, 1))
                let found = Int(ck_values_above(instructions, values, Int64(count), threshold, &above))
                #expect(Array(above[..<found]) == values.filter { $0 > threshold })
            }
        }
    }
}
