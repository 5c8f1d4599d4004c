import Testing

@testable import Datasets

@Suite struct EqualizeTests {
    /// A soft slope with some texture, between `low` and `high`.
    private func slope(_ low: Int, _ high: Int) -> Image {
        var generator = SeededGenerator(seed: 3)
        var image = Image(width: 64, height: 48, channels: 1, filledWith: 0)
        for y in 0..<48 {
            for x in 0..<64 {
                let height = Double(x + y) / 110 * 0.8 + generator.uniform() * 0.2
                image[x, y, 0] = UInt8(Double(low) + height * Double(high - low))
            }
        }
        return image
    }

    private func spread(_ image: Image) -> Int { Int(image.pixels.max() ?? 0) - Int(image.pixels.min() ?? 0) }

    @Test(arguments: [0, 1, 100, 255] as [UInt8])
    func aConstantPictureStaysConstantAndNearlyAsBright(_ value: UInt8) {
        let image = Image(width: 40, height: 30, channels: 3, filledWith: value)
        let result = image.equalized()
        #expect(Set(result.pixels).count == 1)
        // All but 3/256 are given back evenly: the curve is 255 (v + 1) / 256 and 3 more at most.
        #expect(abs(Int(result.pixels[0]) - Int(value)) <= 4)
    }

    @Test func byHandInOneTile() {
        // Sixteen pixels of 0 and 64 alternating, no clipping: half of them at or below 0, all at or below 64.
        let image = Image(width: 4, height: 4, channels: 1, pixels: (0..<16).map { $0.isMultiple(of: 2) ? 0 : 64 })
        let result = image.equalized(tiles: 1, clip: 1000)
        #expect(Set(result.pixels) == [128, 255] && result.pixels[0] == 128)
        // Cut at 32 times the mean height 1/16, which is 2: twice 6 are given back, 12/256 to every value.
        // At 0: 2 + 12/256 of 16; at 64: 4 + 65 · 12/256 of 16.
        let clipped = image.equalized(tiles: 1, clip: 32)
        let low = (255 * (2 + 12.0 / 256) / 16).rounded()
        let high = (255 * (4 + 65 * 12.0 / 256) / 16).rounded()
        #expect(clipped.pixels[0] == UInt8(low) && clipped.pixels[1] == UInt8(high))
    }

    @Test func orderIsKeptWithinATile() {
        let image = slope(40, 200)
        let result = image.equalized(tiles: 1, clip: 4)
        var brightest: [UInt8: UInt8] = [:]
        for (before, after) in zip(image.pixels, result.pixels) { brightest[before] = after }
        let curve = brightest.sorted { $0.key < $1.key }.map(\.value)
        #expect(zip(curve, curve.dropFirst()).allSatisfy { $0 <= $1 })
    }

    @Test func contrastGrowsWithTheClip() {
        let dull = slope(100, 130)
        let spreads = [1.0, 2, 4, 16].map { spread(dull.equalized(tiles: 2, clip: $0)) }
        #expect(zip(spreads, spreads.dropFirst()).allSatisfy { $0 < $1 })
        #expect(spreads[3] > 4 * spread(dull))
    }

    @Test func halfTheLightMakesLittleDifference() {
        let bright = slope(60, 220)
        let dim = bright.withBrightness(0.5)
        func distance(_ first: Image, _ second: Image) -> Double {
            let sum = zip(first.pixels, second.pixels).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
            return Double(sum) / Double(first.pixels.count)
        }
        let before = distance(bright, dim)
        let after = distance(bright.equalized(clip: 100), dim.equalized(clip: 100))
        #expect(before > 60 && after < before / 8)
    }

    @Test(arguments: [(1, 1), (3, 50), (50, 3), (7, 9)], [1, 3])
    func smallAndNarrowPicturesAreEqualizedToo(_ size: (Int, Int), _ channels: Int) {
        let image = Image(width: size.0, height: size.1, channels: channels, filledWith: 90)
        let result = image.equalized()
        #expect(result.width == size.0 && result.height == size.1 && result.channels == channels)
    }

    @Test func channelsAreTreatedApart() {
        let red = slope(20, 90)
        let blue = slope(90, 250)
        var both = Image(width: 64, height: 48, channels: 3, filledWith: 7)
        for y in 0..<48 {
            for x in 0..<64 {
                both[x, y, 0] = red[x, y, 0]
                both[x, y, 2] = blue[x, y, 0]
            }
        }
        let result = both.equalized()
        let (redAlone, blueAlone) = (red.equalized(), blue.equalized())
        #expect((0..<64).allSatisfy { result[$0, 20, 0] == redAlone[$0, 20, 0] })
        #expect((0..<64).allSatisfy { result[$0, 20, 2] == blueAlone[$0, 20, 0] })
    }
}
