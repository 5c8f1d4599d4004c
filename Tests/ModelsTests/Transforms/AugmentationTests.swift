import Datasets
import Models
import TestSupport
import Testing

@Suite struct AugmentationTests {
    private let image = Toy.picture(identity: 3, number: 1)
    private let everything = Augmentation(
        flip: 0.5, shift: 0.2, zoom: 0.3, rotation: 30, brightness: 0.3, contrast: 0.3, saturation: 0.4, hue: 0.1,
        gamma: 0.5, erasing: 0.6)

    private func varied(_ augmentation: Augmentation, _ image: Image, seed: UInt64) -> Image {
        var generator = SeededGenerator(seed: seed)
        return augmentation(image, using: &generator)
    }

    @Test func nothingIsChangedUnlessAskedFor() {
        for seed in 0..<20 { #expect(varied(Augmentation(), image, seed: UInt64(seed)) == image) }
    }

    @Test func theGeneratorDecidesEverything() {
        #expect(varied(everything, image, seed: 5) == varied(everything, image, seed: 5))
        let different = Set((0..<20).map { varied(everything, image, seed: $0) })
        #expect(different.count == 20)
    }

    @Test func aSureFlipMirrors() {
        #expect(varied(Augmentation(flip: 1), image, seed: 1) == image.flippedHorizontally())
        let flips = (0..<200).count { varied(Augmentation(flip: 0.3), image, seed: $0) != image }
        #expect((35...85).contains(flips))
    }

    @Test func oneKindOfChangeDoesNotDisturbTheOthers() {
        let tone = Augmentation(brightness: 0.3, contrast: 0.2, gamma: 0.4)
        var mirroredTone = tone
        mirroredTone.flip = 1
        for seed in 0..<10 {
            #expect(
                varied(mirroredTone, image, seed: UInt64(seed))
                    == varied(tone, image.flippedHorizontally(), seed: UInt64(seed)))
        }
    }

    @Test func colourChangesAloneAndOnlyColour() {
        let flat = Image(width: 4, height: 4, channels: 3, pixels: (0..<16).flatMap { _ in [200, 120, 40] as [UInt8] })
        for change in [Augmentation(saturation: 0.5), Augmentation(hue: 0.2)] {
            #expect(Set((0..<20).map { varied(change, flat, seed: $0) }).count > 15)
            #expect(varied(change, image, seed: 3) == image)
        }
    }

    @Test func erasingComesWithItsProbabilityAndLeavesTheRest() {
        let erased = (0..<200).filter { varied(Augmentation(erasing: 0.3), image, seed: $0) != image }
        #expect((35...85).contains(erased.count))
        // Whether or not a part is erased, the rest is as without.
        var with = everything
        with.erasing = 1
        var without = everything
        without.erasing = 0
        for seed in 0..<10 {
            let (first, second) = (varied(with, image, seed: UInt64(seed)), varied(without, image, seed: UInt64(seed)))
            let same = zip(first.pixels, second.pixels).count { $0 == $1 }
            #expect(first != second && Double(same) > 0.55 * Double(first.pixels.count))
        }
    }

    @Test(arguments: [
        Augmentation(shift: 0.5), Augmentation(zoom: 1), Augmentation(rotation: 180),
        Augmentation(shift: 0.5, zoom: 1, rotation: 180),
    ])
    func noBorderComesIn(_ augmentation: Augmentation) {
        let white = Image(width: 24, height: 12, channels: 3, filledWith: 255)
        for seed in 0..<40 { #expect(varied(augmentation, white, seed: UInt64(seed)) == white) }
    }

    @Test func shiftsStayWithinTheirShare() throws {
        // One lit pixel in the middle; where it goes is how far the picture was shifted.
        var dot = Image(width: 41, height: 21, channels: 1, filledWith: 0)
        dot[20, 10, 0] = 255
        var farthest = (x: 0.0, y: 0.0)
        for seed in 0..<60 {
            let moved = varied(Augmentation(shift: 0.2), dot, seed: UInt64(seed))
            var (light, x, y) = (0.0, 0.0, 0.0)
            for row in 0..<21 {
                for column in 0..<41 {
                    let value = Double(moved[column, row, 0])
                    light += value
                    x += value * Double(column)
                    y += value * Double(row)
                }
            }
            try #require(light > 0)
            farthest = (max(farthest.x, abs(x / light - 20)), max(farthest.y, abs(y / light - 10)))
        }
        #expect((4...8.3).contains(farthest.x) && (2...4.3).contains(farthest.y))
    }
}
