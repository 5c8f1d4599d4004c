import Testing

@testable import Datasets

@Suite struct EraseTests {
    /// What is not `value` any more, as a rectangle; nil where it is none.
    private func erasedPart(_ image: Image, of value: UInt8) -> (x: Range<Int>, y: Range<Int>)? {
        let places = (0..<image.width * image.height).filter { place in
            (0..<image.channels).contains { image.pixels[place * image.channels + $0] != value }
        }
        let (columns, rows) = (places.map { $0 % image.width }, places.map { $0 / image.width })
        guard let left = columns.min(), let right = columns.max(), let top = rows.min(), let bottom = rows.max() else {
            return nil
        }
        return (left..<right + 1, top..<bottom + 1)
    }

    @Test(arguments: [1, 3]) func noiseFillsThePartAlone(_ channels: Int) throws {
        var generator = SeededGenerator(seed: 4)
        let image = Image(width: 60, height: 50, channels: channels, filledWith: 99)
        let erased = image.erased(x: 7, y: 11, width: 30, height: 20, using: &generator)
        let part = try #require(erasedPart(erased, of: 99))
        #expect(part.x == 7..<37 && part.y == 11..<31)
        let noise = erased.cropped(x: 7, y: 11, width: 30, height: 20).pixels.map(Double.init)
        let mean = noise.reduce(0, +) / Double(noise.count)
        let variance = noise.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(noise.count)
        // Of 0...255 uniformly: mean 127.5, variance (256² − 1) / 12; five standard errors.
        #expect(abs(mean - 127.5) < 5 * (5461.25 / Double(noise.count)).squareRoot())
        #expect(abs(variance - 5461.25) < 900)
    }

    @Test func partsHaveTheSizesAndShapesAskedFor() throws {
        let image = Image(width: 100, height: 80, channels: 3, filledWith: 0)
        var areas: [Double] = []
        var aspects: [Double] = []
        var corners = Set<[Bool]>()
        for seed in 0..<300 {
            var generator = SeededGenerator(seed: UInt64(seed))
            let erased = image.randomlyErased(area: 0.05...0.3, aspect: 0.4, using: &generator)
            let part = try #require(erasedPart(erased, of: 0))
            areas.append(Double(part.x.count * part.y.count) / 8000)
            aspects.append(Double(part.y.count) / Double(part.x.count))
            corners.insert([part.x.lowerBound < 40, part.y.lowerBound < 30])
        }
        // Sides are whole numbers, so both are met to rounding.
        let (least, largest) = (areas.min() ?? 0, areas.max() ?? 1)
        #expect(least > 0.045 && least < 0.08 && largest > 0.25 && largest < 0.31)
        #expect((aspects.min() ?? 0) > 0.36 && (aspects.min() ?? 1) < 0.6)
        #expect((aspects.max() ?? 9) < 2.7 && (aspects.max() ?? 0) > 1.8)
        #expect(corners.count == 4)
    }

    @Test func aPartThatFitsNowhereLeavesThePicture() {
        var generator = SeededGenerator(seed: 1)
        let thin = Image(width: 200, height: 1, channels: 1, filledWith: 5)
        #expect(thin.randomlyErased(area: 0.5...0.9, aspect: 0.9, using: &generator) == thin)
    }
}
