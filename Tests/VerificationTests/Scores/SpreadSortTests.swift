import Testing

@testable import Verification

@Suite struct SpreadSortTests {
    /// How scores may lie: evenly, in a few lumps, in one lump with outliers, mostly in ties, at two ends.
    private func scores(_ kind: Int, _ count: Int) -> [Double] {
        var generator = SplitMix64(seed: UInt64(kind))
        return (0..<count).map { place in
            let drawn = Double.random(in: -1...1, using: &generator)
            switch kind {
            case 0: return drawn
            case 1: return Double(generator.next(below: 3)) + drawn * 1e-9
            case 2: return place.isMultiple(of: 9973) ? drawn * 1e300 : drawn
            case 3: return generator.next(below: 10) < 9 ? 0.25 : drawn
            case 4: return drawn < 0 ? -.greatestFiniteMagnitude : .greatestFiniteMagnitude
            case 5: return (drawn * 4).rounded() * 0.0 + (generator.next(below: 2) == 0 ? 0.0 : -0.0)
            default: return (drawn * 20).rounded() / 20
            }
        }
    }

    @Test(arguments: 0...6, [0, 1, 17, 8192, 16_384, 60_000])
    func sortsAsComparingDoes(_ kind: Int, _ count: Int) {
        let scores = scores(kind, count)
        #expect(spreadSorted(scores) == scores.sorted())
    }

    @Test(arguments: 0...6)
    func equalScoresKeepTheirOrder(_ kind: Int) {
        let scores = scores(kind, 50_000)
        let elements = scores.indices.map { PlacedScore(score: scores[$0], place: UInt32($0)) }
        let sorted = spreadSorted(elements)
        #expect(
            zip(sorted, sorted.dropFirst()).allSatisfy {
                $0.score < $1.score || ($0.score == $1.score && $0.place < $1.place)
            })
        #expect(Set(sorted.map(\.place)).count == scores.count)
    }
}
