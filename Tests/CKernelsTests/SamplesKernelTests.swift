import CKernels
import Testing

/// Every version of the kernels on samples against formulas in double precision.
@Suite struct SamplesKernelTests {
    private struct Batch {
        let size: Int
        let features: [Float]
        let weights: [Float]

        init(size: Int, count: Int, seed: UInt64) {
            var state = seed
            func next() -> Float {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return Float(Int32(truncatingIfNeeded: state >> 33) % 1000) / 500
            }
            self.size = size
            features = (0..<count * size).map { $0 / size == 1 ? 0 : next() }
            weights = (0..<count * size).map { _ in next() + 0.1 }
        }

        func x(_ b: Int) -> [Double] { features[(b * size)..<((b + 1) * size)].map { Double($0) } }
        func w(_ b: Int) -> [Double] { weights[(b * size)..<((b + 1) * size)].map { Double($0) } }

        func withKernel(_ body: (ck_samples) -> Void) {
            features.withUnsafeBufferPointer { features in
                weights.withUnsafeBufferPointer { weights in
                    body(
                        ck_samples(
                            size: Int64(size), features: features.baseAddress, weights: weights.baseAddress))
                }
            }
        }
    }

    private static func dot(_ one: [Double], _ other: [Double]) -> Double {
        zip(one, other).reduce(0) { $0 + $1.0 * $1.1 }
    }

    static let versions = [
        ck_instructions_plain, ck_instructions_baseline, ck_instructions_avx2, ck_instructions_avx512,
    ].map(\.rawValue)

    @Test(arguments: versions, [1, 3, 16, 37, 64])
    func measures(rawValue: Int32, size: Int) {
        let instructions = ck_instructions(rawValue: rawValue)
        guard ck_instructions_are_available(instructions) else { return }
        let batch = Batch(size: size, count: 5, seed: 11)
        var norms = [Double](repeating: -1, count: 5)
        var (ownLengths, products) = (norms, norms)
        var directions = [Float](repeating: -1, count: 5 * size)
        norms.withUnsafeMutableBufferPointer { norms in
            ownLengths.withUnsafeMutableBufferPointer { lengths in
                products.withUnsafeMutableBufferPointer { products in
                    let measures = ck_sample_measures(
                        norms: norms.baseAddress, lengths: lengths.baseAddress, products: products.baseAddress)
                    batch.withKernel { ck_samples_measure(instructions, $0, measures, 0, 5, &directions) }
                }
            }
        }
        for b in 0..<5 {
            let (x, w) = (batch.x(b), batch.w(b))
            let norm = Self.dot(x, x).squareRoot()
            #expect(abs(norms[b] - norm) <= 1e-14 * norm)
            #expect(abs(ownLengths[b] - Self.dot(w, w).squareRoot()) <= 1e-13)
            #expect(abs(products[b] - Self.dot(x, w)) <= 1e-12)
            for (place, entry) in x.enumerated() {
                let expected = norm == 0 ? 0 : entry / norm
                #expect(abs(Double(directions[b * size + place]) - expected) <= 2e-7)
            }
        }
    }

    @Test(arguments: versions, [1, 3, 16, 37, 64])
    func gradients(rawValue: Int32, size: Int) {
        let instructions = ck_instructions(rawValue: rawValue)
        guard ck_instructions_are_available(instructions) else { return }
        let batch = Batch(size: size, count: 5, seed: 12)
        let sums = (0..<5 * size).map { Float($0 % 13) / 13 - 0.4 }
        let norms = (0..<5).map { Self.dot(batch.x($0), batch.x($0)).squareRoot() }
        let (others, own): ([Float], [Float]) = ([1, 2, -1, 0.5, 0], [0.3, 1, 0, -2, 1])
        let (along, alongSum): ([Float], [Float]) = ([0, 1, -0.5, 2, 0.1], [0, 0.7, 1, -0.3, 0])
        for isNormalized in [true, false] {
            var found = sums
            let directions = (0..<5).flatMap { b in batch.x(b).map { norms[b] == 0 ? 0 : Float($0 / norms[b]) } }
            norms.withUnsafeBufferPointer { norms in
                others.withUnsafeBufferPointer { others in
                    own.withUnsafeBufferPointer { own in
                        along.withUnsafeBufferPointer { along in
                            alongSum.withUnsafeBufferPointer { alongSum in
                                let slopes = ck_sample_slopes(
                                    norms: norms.baseAddress, others: others.baseAddress, own: own.baseAddress,
                                    along: along.baseAddress, along_sum: alongSum.baseAddress,
                                    is_normalized: isNormalized)
                                batch.withKernel {
                                    ck_samples_gradients(instructions, $0, slopes, 0, 5, directions, &found)
                                }
                            }
                        }
                    }
                }
            }
            for b in 0..<5 {
                let (x, w) = (batch.x(b), batch.w(b))
                let s = sums[(b * size)..<((b + 1) * size)].map { Double($0) }
                let d = x.map { norms[b] == 0 ? 0 : $0 / norms[b] }
                let g = zip(s, w).map { Double(others[b]) * $0 + Double(own[b]) * $1 }
                let r = Double(along[b]) + Double(alongSum[b]) * Self.dot(s, d)
                let radial = Self.dot(g, d)
                for place in 0..<size {
                    let expected =
                        isNormalized
                        ? norms[b] == 0 ? 0 : (g[place] - radial * d[place]) / norms[b] + r * d[place]
                        : g[place] + r * d[place]
                    #expect(abs(Double(found[b * size + place]) - expected) <= 1e-5 * (1 + abs(expected)))
                }
            }
        }
    }

    /// Two samples of one class both count, one of another tile does not.
    @Test(arguments: versions)
    func ownRowsAreAdded(rawValue: Int32) {
        let instructions = ck_instructions(rawValue: rawValue)
        guard ck_instructions_are_available(instructions) else { return }
        let size = 21
        let rows = (0..<3 * size).map { Float($0) / 10 }
        let weights = (0..<2 * size).map { Float($0) / 7 }
        let (columns, norms): ([Int32], [Float]) = ([1, -1, 1], [0.5, 2])
        let (own, lengthwise): ([Float], [Float]) = ([1, 9, -0.5], [0, 9, 3])
        var gradients = [Float](repeating: 1, count: 2 * size)
        columns.withUnsafeBufferPointer { columns in
            norms.withUnsafeBufferPointer { norms in
                rows.withUnsafeBufferPointer { rows in
                    weights.withUnsafeBufferPointer { weights in
                        own.withUnsafeBufferPointer { own in
                            lengthwise.withUnsafeBufferPointer { lengthwise in
                                let given = ck_own_rows(
                                    count: 3, size: Int64(size), columns: columns.baseAddress,
                                    inverse_norms: norms.baseAddress, rows: rows.baseAddress,
                                    weights: weights.baseAddress, own: own.baseAddress,
                                    lengthwise: lengthwise.baseAddress)
                                ck_samples_add_own(instructions, given, &gradients)
                            }
                        }
                    }
                }
            }
        }
        #expect(gradients.prefix(size).allSatisfy { $0 == 1 })
        for place in 0..<size {
            let expected = 1 + 2 * rows[place] - rows[2 * size + place] + 3 * weights[size + place]
            #expect(abs(gradients[size + place] - expected) < 1e-4)
        }
    }
}
