import CKernels
import Testing

/// Every version against the plain one, to the bit, and the plain one against its formula.
@Suite struct ResampleKernelTests {
    private static let versions = [
        ck_instructions_plain, ck_instructions_baseline, ck_instructions_avx2, ck_instructions_avx512,
    ].filter(ck_instructions_are_available)

    /// Samples and weights that are neither smooth nor symmetric.
    private struct Problem {
        let source: [UInt8]
        let first: [Int32]
        let used: [Int32]
        let weights: [Int32]
        let width = 5

        /// An axis of `inputs`, of which each output averages one to five; each sample has `step` values.
        init(inputs: Int, outputs: Int, samples: Int) {
            var state: UInt64 = 11
            func next(_ bound: Int) -> Int {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return Int(state >> 33) % bound
            }
            source = (0..<samples).map { _ in next(5) == 0 ? 255 : UInt8(next(256)) }
            used = (0..<outputs).map { _ in Int32(1 + next(min(5, inputs))) }
            first = used.map { Int32(next(inputs - Int($0) + 1)) }
            weights = used.flatMap { used in
                let raw = (0..<5).map { $0 < used ? 1 + next(1000) : 0 }
                return raw.map { Int32($0 * (1 << 22) / raw.reduce(0, +)) }
            }
        }

        func run(_ count: Int, _ body: (UnsafePointer<UInt8>, UnsafeMutablePointer<UInt8>, ck_taps) -> Void) -> [UInt8]
        {
            // What lies behind the picture must stay as it is.
            var target = [UInt8](repeating: 77, count: count + 3)
            source.withUnsafeBufferPointer { source in
                first.withUnsafeBufferPointer { first in
                    used.withUnsafeBufferPointer { used in
                        weights.withUnsafeBufferPointer { weights in
                            target.withUnsafeMutableBufferPointer { target in
                                guard let from = source.baseAddress, let to = target.baseAddress else { return }
                                body(
                                    from, to,
                                    ck_taps(
                                        first: first.baseAddress, used: used.baseAddress,
                                        weights: weights.baseAddress, width: Int64(width), outputs: Int64(used.count)))
                            }
                        }
                    }
                }
            }
            #expect(target.suffix(3) == [77, 77, 77])
            return target.dropLast(3)
        }

        /// Output `output`, of samples that begin at `start` and lie `step` apart.
        func value(_ output: Int, start: Int, step: Int) -> UInt8 {
            let sum = (0..<Int(used[output])).reduce(1 << 21) { sum, tap in
                sum + Int(weights[output * width + tap]) * Int(source[start + (Int(first[output]) + tap) * step])
            }
            return UInt8(min(255, sum >> 22))
        }
    }

    @Test(arguments: [1, 3], [1, 2, 3, 4, 5, 9]) func rows(_ channels: Int, _ rows: Int) {
        for (inputs, outputs) in [(1, 1), (7, 3), (5, 11), (40, 17)] {
            let problem = Problem(inputs: inputs, outputs: outputs, samples: rows * inputs * channels)
            let expected = (0..<rows).flatMap { row in
                (0..<outputs).flatMap { output in
                    (0..<channels).map {
                        problem.value(output, start: row * inputs * channels + $0, step: channels)
                    }
                }
            }
            for version in Self.versions {
                let found = problem.run(expected.count) {
                    ck_resample_rows(version, $0, $1, $2, Int64(rows), Int64(inputs), Int64(channels))
                }
                #expect(found == expected)
            }
        }
    }

    @Test(arguments: [1, 3, 4, 7, 8, 9, 16, 33]) func columns(_ stride: Int) {
        for (inputs, outputs) in [(1, 1), (7, 3), (5, 11), (40, 17)] {
            let problem = Problem(inputs: inputs, outputs: outputs, samples: inputs * stride)
            let expected = (0..<outputs).flatMap { output in
                (0..<stride).map { problem.value(output, start: $0, step: stride) }
            }
            for version in Self.versions {
                let found = problem.run(expected.count) { ck_resample_columns(version, $0, $1, $2, Int64(stride)) }
                #expect(found == expected)
            }
        }
    }
}
