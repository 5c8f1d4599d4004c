import Testing

@testable import Verification

@Suite struct DigitSortTests {
    /// Numbers of every sign, size and kind, drawn from raw bit patterns.
    private func anyScores(_ count: Int, seed: UInt64) -> [Double] {
        var generator = SplitMix64(seed: seed)
        let drawn = (0..<count).map { _ in Double(bitPattern: generator.next()) }.filter(\.isFinite)
        return drawn + [0, -0.0, .leastNonzeroMagnitude, -.leastNonzeroMagnitude, .greatestFiniteMagnitude, 1, 1]
    }

    @Test(arguments: [1, 2, 8], [0, 1, 40, 3000])
    func sortsAsComparingDoes(_ chunkCount: Int, _ count: Int) {
        let scores = anyScores(count, seed: 5)
        var sorted = scores
        digitSort(&sorted, chunkCount: chunkCount)
        #expect(sorted == scores.sorted())
    }

    /// Scores of one sign agree in their leading digits; see the note in `sortChunk`.
    @Test(arguments: [-1.0, 1])
    func sortsScoresOfOneSign(_ sign: Double) {
        var generator = SplitMix64(seed: 3)
        let scores = (0..<2000).map { _ in sign * Double.random(in: 0.3...1, using: &generator) }
        var sorted = scores
        digitSort(&sorted, chunkCount: 1)
        #expect(sorted == scores.sorted())
    }

    @Test(arguments: [1, 2, 4])
    func equalKeysKeepTheirOrder(_ chunkCount: Int) {
        var generator = SplitMix64(seed: 9)
        var elements = (0..<5000).map { PlacedScore(score: Double(generator.next(below: 7)) / 3 - 1, place: $0) }
        let expected = elements.sorted { ($0.score, $0.place) < ($1.score, $1.place) }.map(\.place)
        digitSort(&elements, chunkCount: chunkCount)
        #expect(elements.map(\.place) == expected)
    }

    @Test func keysOrderAsScoresDo() {
        let ascending = [-Double.greatestFiniteMagnitude, -1, -1e-300, 0, 1e-300, 0.5, 1, .greatestFiniteMagnitude]
        #expect(ascending.map(orderedKey) == ascending.map(orderedKey).sorted())
        #expect(Set(ascending.map(orderedKey)).count == ascending.count)
        #expect(orderedKey(-0.0) == orderedKey(0))
    }

    @Test func chunksArePowersOfTwoAndWorthTheirThread() {
        #expect(sortChunkCount(elementCount: 1000, processorCount: 64) == 1)
        #expect(sortChunkCount(elementCount: 1 << 20, processorCount: 6) == 4)
        #expect(sortChunkCount(elementCount: 1 << 16, processorCount: 6) == 2)
        #expect(sortChunkCount(elementCount: 1 << 20, processorCount: 1) == 1)
    }
}

struct DigitSortLayoutTests {
    /// Numbers that agree in their upper digits, few and many of them, as scores close to each other do.
    @Test(arguments: [100, 3000, 40_000])
    func numbersThatDifferInTheirLowerDigitsAlone(_ count: Int) {
        var generator = SplitMix64(seed: UInt64(count))
        var scores: [Double] = []
        for _ in 0..<count {
            let base = 0.5 + Double(generator.next(below: 3))
            scores.append(base + Double(generator.next(below: 1 << 20)) * 0x1p-40)
        }
        #expect(ascending(scores) == scores.sorted())
        let (sorted, places) = ascendingWithPlaces(scores)
        #expect(sorted == scores.sorted())
        #expect(zip(places, places.dropFirst()).allSatisfy { scores[Int($0)] < scores[Int($1)] || $0 < $1 })
    }
}
