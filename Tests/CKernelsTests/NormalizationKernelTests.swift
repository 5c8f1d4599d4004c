import CKernels
import Testing

/// Every version against the plain one, on addresses that are no multiple of a vector's size.
@Suite struct NormalizationKernelTests {
    private static let versions = [ck_instructions_baseline, ck_instructions_avx2, ck_instructions_avx512]
        .filter(ck_instructions_are_available)
    private static let rows = 23

    /// Every output of every kernel.
    private func run(_ version: ck_instructions, channels: Int, before: Bool, after: Bool) -> [[Float]] {
        var state: UInt64 = 11
        func draw(_ count: Int) -> [Float] {
            (0..<count).map { _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return Float(Int32(truncatingIfNeeded: state >> 32)) / Float(Int32.max)
            }
        }
        let count = Self.rows * channels + 1
        let table = draw(6 * channels)
        let (x, added, thenAdded, gradient) = (draw(count), draw(count), draw(count), draw(count))
        let perChannel = UnsafeMutablePointer<Float>.allocate(capacity: 5 * channels)
        defer { perChannel.deallocate() }
        var outputs = (0..<3).map { _ in [Float](repeating: 9, count: count) }
        let rows = Int64(Self.rows)

        table.withUnsafeBufferPointer { table in
            let base = table.baseAddress!
            let with = ck_normalization(
                mean: base, scale: base + channels, shift: base + 2 * channels, slope: base + 3 * channels,
                product: base + 4 * channels, constant: base + 5 * channels, channels: Int64(channels))
            x.withUnsafeBufferPointer { x in
                added.withUnsafeBufferPointer { added in
                    thenAdded.withUnsafeBufferPointer { thenAdded in
                        gradient.withUnsafeBufferPointer { gradient in
                            let x = x.baseAddress! + 1
                            let added = before ? added.baseAddress! + 1 : nil
                            let thenAdded = after ? thenAdded.baseAddress! + 1 : nil
                            let gradient = gradient.baseAddress! + 1
                            ck_normalization_statistics(
                                version, x, rows, Int64(channels), perChannel, perChannel + channels)
                            outputs[0].withUnsafeMutableBufferPointer {
                                ck_normalization_forward(version, with, x, added, thenAdded, $0.baseAddress! + 1, rows)
                            }
                            outputs[1].withUnsafeMutableBufferPointer {
                                ck_normalization_sums(
                                    version, with, x, added, gradient, rows, perChannel + 2 * channels,
                                    perChannel + 3 * channels, perChannel + 4 * channels,
                                    after ? $0.baseAddress! + 1 : nil)
                            }
                            outputs[2].withUnsafeMutableBufferPointer {
                                ck_normalization_backward(
                                    version, with, x, added, gradient, rows, $0.baseAddress! + 1)
                            }
                        }
                    }
                }
            }
        }
        return outputs + [Array(UnsafeBufferPointer(start: perChannel, count: 5 * channels))]
    }

    @Test(arguments: [1, 3, 4, 8, 15, 16, 17, 32, 100])
    func everyVersionAgrees(_ channels: Int) {
        for (before, after) in [(false, false), (true, false), (false, true), (true, true)] {
            let plain = run(ck_instructions_plain, channels: channels, before: before, after: after)
            #expect(plain.prefix(3).allSatisfy { $0[0] == 9 })
            for version in Self.versions {
                let found = run(version, channels: channels, before: before, after: after)
                for (one, other) in zip(found, plain) {
                    // Versions round differently where they multiply and add at once; terms are below 8.
                    #expect(zip(one, other).allSatisfy { abs($0 - $1) <= 8 * 23 * Float.ulpOfOne })
                }
            }
        }
    }
}
