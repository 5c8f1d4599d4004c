import Testing

@testable import Datasets

@Suite struct SeededGeneratorTests {
    @Test func sequenceIsXoshiro256() {
        // The authors' C program started from the state 1, 2, 3, 4.
        var generator = SeededGenerator(state: (1, 2, 3, 4))
        let expected: [UInt64] = [11520, 0, 1_509_978_240, 1_215_971_899_390_074_240]
        #expect(expected.map { _ in generator.next() } == expected)
    }

    @Test func sequenceIsSplitMix64() {
        var generator = SplitMix64(state: 1_234_567)
        let expected: [UInt64] = [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]
        #expect(expected.map { _ in generator.next() } == expected)
    }

    @Test func streamsDiffer() {
        let addresses: [SeededGenerator] = [
            SeededGenerator(seed: 1), SeededGenerator(seed: 2), SeededGenerator(seed: 1, stream: 0),
            SeededGenerator(seed: 1, stream: 1), SeededGenerator(seed: 1, stream: 1, 2),
            SeededGenerator(seed: 1, stream: 2, 1), SeededGenerator(seed: 1, stream: 1, 0),
        ]
        #expect(Set(addresses).count == addresses.count)
        #expect(SeededGenerator(seed: 1, stream: 2, 1) == addresses[5])
    }

    @Test func noTwoOfManyStreamsAgree() {
        // Small seeds, epochs and samples are what everyone uses.
        var states: Set<SeededGenerator> = []
        let small: Range<UInt64> = 0..<20
        for seed in small {
            for epoch in small {
                for sample in small { states.insert(SeededGenerator(seed: seed, stream: epoch, sample)) }
            }
        }
        #expect(states.count == 8000)
    }

    @Test func integersAreUniform() {
        var generator = SeededGenerator(seed: 4)
        var counts = [Int](repeating: 0, count: 7)
        for _ in 0..<70_000 { counts[generator.integer(below: 7)] += 1 }
        // Chi-square with 6 degrees of freedom: 22.5 is passed once in a thousand seeds.
        let statistic = counts.reduce(0.0) { $0 + Double(($1 - 10_000) * ($1 - 10_000)) / 10_000 }
        #expect(statistic < 22.5)
        #expect((0..<9).allSatisfy { _ in generator.integer(below: 1) == 0 })
    }

    @Test func ordersAreUniform() {
        var generator = SeededGenerator(seed: 5)
        var counts: [[Int]: Int] = [:]
        for _ in 0..<24_000 {
            var order = [0, 1, 2, 3]
            generator.shuffle(&order)
            counts[order, default: 0] += 1
        }
        #expect(counts.count == 24)
        // 23 degrees of freedom: 49.7 is passed once in a thousand seeds.
        let statistic = counts.values.reduce(0.0) { $0 + Double(($1 - 1000) * ($1 - 1000)) / 1000 }
        #expect(statistic < 49.7)
    }

    @Test func uniformNumbersStayInRange() {
        var generator = SeededGenerator(seed: 6)
        let numbers = (0..<10_000).map { _ in generator.uniform(in: -2...3) }
        #expect(numbers.allSatisfy { (-2..<3).contains($0) })
        // The mean of 10,000 has a standard error of 5 / sqrt(12 * 10,000), about 0.0144.
        #expect(abs(numbers.reduce(0, +) / 10_000 - 0.5) < 0.06)
        #expect(!(0..<100).contains { _ in generator.chance(0) })
        #expect((0..<100).allSatisfy { _ in generator.chance(1) })
    }
}
