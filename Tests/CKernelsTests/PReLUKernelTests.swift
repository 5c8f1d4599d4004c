import CKernels
import Testing

/// Every version against the plain one. Input gradients are the same to the bit; sums are taken in
/// another order.
@Suite struct PReLUKernelTests {
    private struct Numbers {
        private var state: UInt64 = 7
        mutating func next() -> Float {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Float(Int32(truncatingIfNeeded: state >> 32)) / Float(Int32.max)
        }
        mutating func take(_ count: Int) -> [Float] { (0..<count).map { _ in next() } }
    }

    private static let versions = [
        ck_instructions_plain, ck_instructions_baseline, ck_instructions_avx2, ck_instructions_avx512,
    ].filter(ck_instructions_are_available)

    private typealias Result = (out: [Float], sums: [Float])

    private static func check(_ found: Result, _ expected: Result, terms: Int) {
        #expect(found.out.map(\.bitPattern) == expected.out.map(\.bitPattern))
        for (sum, reference) in zip(found.sums, expected.sums) {
            // Terms are below 1, so that partial sums are below their number.
            #expect(abs(sum - reference) <= Float(terms) * Float.ulpOfOne * 4)
        }
    }

    @Test(arguments: [1, 3, 4, 7, 8, 15, 31, 32, 33, 64, 100, 257])
    func planes(_ area: Int) {
        let planes = 5
        var numbers = Numbers()
        // One element more in front, so that no address is a multiple of a vector's size.
        let x = numbers.take(planes * area + 1)
        let gradient = numbers.take(planes * area + 1)
        let slopes = numbers.take(planes)
        func run(_ version: ck_instructions) -> Result {
            var out = [Float](repeating: 9, count: planes * area + 1)
            var sums = [Float](repeating: 9, count: planes)
            x.withUnsafeBufferPointer { x in
                gradient.withUnsafeBufferPointer { gradient in
                    out.withUnsafeMutableBufferPointer { out in
                        ck_prelu_backward_planes(
                            version, x.baseAddress! + 1, gradient.baseAddress! + 1, slopes, out.baseAddress! + 1,
                            &sums, Int64(planes), Int64(area))
                    }
                }
            }
            return (out, sums)
        }
        let plain = run(ck_instructions_plain)
        #expect(plain.out[0] == 9)
        for version in Self.versions { Self.check(run(version), plain, terms: area) }
    }

    @Test(arguments: [1, 3, 4, 8, 15, 16, 17, 32, 100])
    func rows(_ channels: Int) {
        let rows = 37
        var numbers = Numbers()
        let x = numbers.take(rows * channels)
        let gradient = numbers.take(rows * channels)
        let slopes = numbers.take(channels)
        func run(_ version: ck_instructions) -> Result {
            var out = [Float](repeating: 9, count: rows * channels)
            var sums = [Float](repeating: 9, count: channels)
            ck_prelu_backward_rows(version, x, gradient, slopes, &out, &sums, Int64(rows), Int64(channels))
            return (out, sums)
        }
        let plain = run(ck_instructions_plain)
        for version in Self.versions { Self.check(run(version), plain, terms: rows) }
    }

    @Test func plainByHand() {
        let x: [Float] = [1, -2, 0, -0.5, .infinity, -3]
        let gradient: [Float] = [10, 20, 30, 40, 50, 60]
        var out = [Float](repeating: 0, count: 6)
        var sums = [Float](repeating: 0, count: 2)
        ck_prelu_backward_planes(ck_instructions_plain, x, gradient, [0.5, -1], &out, &sums, 2, 3)
        #expect(out == [10, 10, 15, -40, 50, -60] && sums == [-40, -200])
        ck_prelu_backward_rows(ck_instructions_plain, x, gradient, [0.5, -1], &out, &sums, 3, 2)
        #expect(out == [10, -20, 15, -40, 50, -60] && sums == [0, -240])
    }

    /// Where x > 0 the slope plays no part: 0 · ∞ must not make a NaN there.
    @Test func infinitiesStayWhereTheyAre() {
        let x = [Float](repeating: .infinity, count: 40)
        let gradient = [Float](repeating: 1, count: 40)
        for version in Self.versions {
            var out = [Float](repeating: 0, count: 40)
            var sums: [Float] = [9]
            ck_prelu_backward_planes(version, x, gradient, [.infinity], &out, &sums, 1, 40)
            #expect(out == gradient && sums == [0])
        }
    }

    @Test func theBestIsAvailable() {
        #expect(ck_instructions_are_available(ck_best_instructions()))
        #expect(!ck_instructions_are_available(ck_instructions(rawValue: 99)))
    }
}
