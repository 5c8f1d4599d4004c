import CKernels
import Testing

/// Every version against the formulas in Float64, and a row that catches up against one that steps each time.
@Suite struct RowKernelTests {
    private static let versions = [
        ck_instructions_plain, ck_instructions_baseline, ck_instructions_avx2, ck_instructions_avx512,
    ].filter(ck_instructions_are_available)

    private static let total = 5
    /// Not in order, and not all of them.
    private static let rows: [Int64] = [3, 0, 4]

    private static func numbers(_ count: Int, _ seed: Int, positive: Bool = false) -> [Float] {
        (0..<count).map { place in
            let number = Float((place * 7919 + seed * 104_729) % 2003) / 1001.5 - 1
            return positive ? abs(number) + 0.01 : number
        }
    }

    private static func isClose(_ found: [Float], _ expected: [Double]) -> Bool {
        zip(found, expected).allSatisfy { abs(Double($0) - $1) <= 1e-6 * (1 + abs($1)) }
    }

    @Test(arguments: versions.indices, [1, 3, 8, 17, 64])
    func descending(_ version: Int, _ size: Int) {
        for (momentum, nesterov) in [(0.9, false), (0.9, true), (0.0, false)] {
            let (rate, decay) = (0.3, 0.05)
            var weights = Self.numbers(Self.total * size, 1)
            var velocities = Self.numbers(Self.total * size, 2)
            let gradients = Self.numbers(Self.rows.count * size, 3)
            var (w, v) = (weights.map(Double.init), velocities.map(Double.init))
            for (place, row) in Self.rows.enumerated() {
                for column in 0..<size {
                    let at = Int(row) * size + column
                    let g = Double(gradients[place * size + column]) + decay * w[at]
                    v[at] = momentum * v[at] + g
                    w[at] -= rate * (nesterov ? g + momentum * v[at] : v[at])
                }
            }
            ck_rows_descend(
                Self.versions[version], ck_descent(decay: Float(decay), momentum: Float(momentum), nesterov: nesterov),
                Float(rate), Self.rows, Int64(Self.rows.count), Int64(size), gradients, &weights, &velocities)
            #expect(Self.isClose(weights, w) && Self.isClose(velocities, v))
        }
    }

    @Test(arguments: versions.indices, [1, 8, 17])
    func descentWithoutMomentumKeepsNothing(_ version: Int, _ size: Int) {
        var weights = Self.numbers(Self.total * size, 1)
        let gradients = Self.numbers(Self.total * size, 3)
        let expected = zip(weights, gradients).map { Double($0) - 0.5 * (Double($1) + 0.25 * Double($0)) }
        ck_rows_descend(
            Self.versions[version], ck_descent(decay: 0.25, momentum: 0, nesterov: false), 0.5, nil, Int64(Self.total),
            Int64(size), gradients, &weights, nil)
        #expect(Self.isClose(weights, expected))
    }

    @Test(arguments: versions.indices, [1, 5, 16, 33])
    func adapting(_ version: Int, _ size: Int) {
        let step = ck_adaptation_step(keep: 0.99, rate: 0.02, root: 0.3)
        var weights = Self.numbers(Self.total * size, 1)
        var first = Self.numbers(Self.total * size, 2)
        var second = Self.numbers(Self.total * size, 3, positive: true)
        let gradients = Self.numbers(Self.rows.count * size, 4)
        var (w, m, v) = (weights.map(Double.init), first.map(Double.init), second.map(Double.init))
        for (place, row) in Self.rows.enumerated() {
            for column in 0..<size {
                let at = Int(row) * size + column
                let g = Double(gradients[place * size + column])
                m[at] = 0.9 * m[at] + 0.1 * g
                v[at] = 0.99 * v[at] + 0.01 * g * g
                w[at] = 0.99 * w[at] - 0.02 * m[at] / (v[at].squareRoot() / 0.3 + 1e-8)
            }
        }
        ck_rows_adapt(
            Self.versions[version], ck_adaptation(beta1: 0.9, beta2: 0.99, epsilon: 1e-8), step, Self.rows,
            Int64(Self.rows.count), Int64(size), gradients, &weights, &first, &second)
        #expect(Self.isClose(weights, w) && Self.isClose(first, m) && Self.isClose(second, v))
    }

    /// To the bit: a checkpoint in between must not change what follows.
    @Test(arguments: versions.indices, [1, 8, 17])
    func aRowThatCatchesUpIsOneThatSteppedEachTime(_ version: Int, _ size: Int) {
        let version = Self.versions[version]
        let count = Int64(Self.rows.count)
        let begins: [Int32] = [2, 0, 5]
        let zeros = [Float](repeating: 0, count: size)
        let start = (Self.numbers(Self.total * size, 1), Self.numbers(Self.total * size, 2, positive: true))

        let rates: [Float] = [0.1, 0.2, 0.05, 0.3, 0.1, 0.4, 0.2]
        for nesterov in [false, true] {
            let settings = ck_descent(decay: 0.05, momentum: 0.9, nesterov: nesterov)
            var (late, eager) = (start, start)
            ck_rows_descend_idle(version, settings, rates, begins, 7, Self.rows, count, Int64(size), &late.0, &late.1)
            for (row, begin) in zip(Self.rows, begins) {
                for step in Int(begin)..<7 {
                    ck_rows_descend(version, settings, rates[step], [row], 1, Int64(size), zeros, &eager.0, &eager.1)
                }
            }
            #expect(late == eager && late.0 != start.0)
        }

        let steps = rates.map { ck_adaptation_step(keep: 1 - $0 / 10, rate: $0, root: 0.5 + $0) }
        let settings = ck_adaptation(beta1: 0.9, beta2: 0.99, epsilon: 1e-8)
        var (late, eager) = ((start.0, start.0, start.1), (start.0, start.0, start.1))
        ck_rows_adapt_idle(
            version, settings, steps, begins, 7, Self.rows, count, Int64(size), &late.0, &late.1, &late.2)
        for (row, begin) in zip(Self.rows, begins) {
            for step in Int(begin)..<7 {
                ck_rows_adapt(
                    version, settings, steps[step], [row], 1, Int64(size), zeros, &eager.0, &eager.1, &eager.2)
            }
        }
        #expect(late == eager && late.0 != start.0)
    }
}
