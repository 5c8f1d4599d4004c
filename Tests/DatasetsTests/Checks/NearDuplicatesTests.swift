import Testing

@testable import Datasets

@Suite struct NearDuplicatesTests {
    @Test(arguments: [0, 1, 3, 4, 7]) func bandsFindWhatComparingAllFinds(_ radius: Int) {
        var generator = SeededGenerator(seed: 8)
        var hashes = Set((0..<150).map { _ in generator.next() })
        // Neighbours at every distance up to 9, some of them a chain.
        for hash in hashes.sorted().prefix(60) {
            var neighbour = hash
            for _ in 0..<1 + generator.integer(below: 9) { neighbour ^= 1 << UInt64(generator.integer(below: 64)) }
            hashes.insert(neighbour)
        }
        let all = hashes.sorted()
        var expected: Set<[UInt64]> = []
        for (position, first) in all.enumerated() {
            for second in all[(position + 1)...] where (first ^ second).nonzeroBitCount <= radius {
                expected.insert([first, second])
            }
        }
        var found: [[UInt64]] = []
        forEachHashPair(all, radius: radius) { first, second in
            found.append([min(first, second), max(first, second)])
            return true
        }
        #expect(Set(found) == expected && found.count == expected.count)
        #expect(radius == 0 || !expected.isEmpty)
    }

    /// Smooth, with its own slopes and waves.
    private func scene(_ seed: UInt64, side: Int = 48) -> Image {
        var generator = SeededGenerator(seed: seed)
        let waves = (0..<4).map { _ in
            (generator.uniform(in: -0.4...0.4), generator.uniform(in: -0.4...0.4), generator.uniform(in: 0...6))
        }
        var image = Image(width: side, height: side, channels: 3, filledWith: 0)
        for y in 0..<side {
            for x in 0..<side {
                let (u, v) = (48 * Double(x) / Double(side), 48 * Double(y) / Double(side))
                let value = waves.reduce(128.0) { $0 + 28 * wave($1.0 * u + $1.1 * v + $1.2) }
                for channel in 0..<3 { image[x, y, channel] = UInt8(min(max(value + Double(10 * channel), 0), 255)) }
            }
        }
        return image
    }

    /// A triangle wave of period 2π, near enough to a sine.
    private func wave(_ x: Double) -> Double {
        let phase = (x / 6.283).remainder(dividingBy: 1)
        return 1 - 4 * abs(phase)
    }

    @Test func alteredCopiesAreFoundAndOthersAreNot() throws {
        var pictures = (0..<40).map { scene(UInt64($0)) }
        let altered = [
            pictures[3].withBrightness(0.9), pictures[7].resized(width: 31, height: 30), pictures[11].withContrast(0.8),
            pictures[20].grey(),
        ]
        pictures += altered
        let fingerprints = pictures.map(PictureFingerprint.init)
        let found = NearDuplicates(of: fingerprints) { _, _ in true }
        #expect(found.pairs.map { [$0.first, $0.second] } == [[3, 40], [7, 41], [11, 42], [20, 43]])
        #expect(!found.isCut && found.pairs.allSatisfy { $0.correlation > 0.98 })
        let some = NearDuplicates(of: fingerprints) { first, _ in first > 10 }
        #expect(some.pairs.map(\.first) == [11, 20])
        let cut = NearDuplicates(of: fingerprints, limit: 2) { _, _ in true }
        #expect(cut.isCut && cut.pairs.count == 2)
    }

    @Test func hashesByHand() throws {
        // Brightens to the right everywhere, nowhere, and only below.
        var rising = Image(width: 9, height: 8, channels: 1, filledWith: 0)
        var below = Image(width: 9, height: 8, channels: 1, filledWith: 100)
        for x in 0..<9 {
            for y in 0..<8 {
                rising[x, y, 0] = UInt8(20 * x)
                if y >= 4 { below[x, y, 0] = UInt8(20 * x) }
            }
        }
        let first = try #require(PictureFingerprint(rising))
        let second = try #require(PictureFingerprint(rising.flippedHorizontally()))
        let third = try #require(PictureFingerprint(below))
        #expect(first.hash == .max && second.hash == 0 && third.hash == 0xFFFF_FFFF_0000_0000)
        #expect(first.distance(to: second) == 64 && first.distance(to: third) == 32)
        #expect(abs(first.correlation(with: first) - 1) < 1e-12 && first.correlation(with: second) < -0.99)
        #expect(PictureFingerprint(Image(width: 5, height: 5, channels: 3, filledWith: 80)) == nil)
    }
}
