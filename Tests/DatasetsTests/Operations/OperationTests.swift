import Testing

@testable import Datasets

@Suite struct OperationTests {
    @Test(arguments: ["color", "grey"], [(7, 5), (51, 40), (23, 6), (10, 17), (1, 1), (46, 8)])
    func resizingAgreesWithPillow(_ kind: String, _ size: (Int, Int)) throws {
        let resized = try Fixture.expected("operations/\(kind)").resized(width: size.0, height: size.1)
        let expected = try Fixture.expected("operations/\(kind).resize\(size.0)x\(size.1)")
        let difference = try #require(largestDifference(resized, expected))
        #expect(difference <= 1)
    }

    @Test func resizingByHand() {
        // Twice as wide: outputs lie at -1/4, 1/4, 3/4, 5/4 between inputs at 0 and 1.
        let wide = Image(width: 2, height: 1, channels: 1, pixels: [0, 200]).resized(width: 4, height: 1)
        #expect(wide.pixels == [0, 50, 150, 200])
        let flat = Image(width: 9, height: 7, channels: 3, filledWith: 255)
        #expect(flat.resized(width: 4, height: 20) == Image(width: 4, height: 20, channels: 3, filledWith: 255))
        let image = Image(width: 2, height: 2, channels: 1, pixels: [1, 2, 3, 4])
        #expect(image.resized(width: 2, height: 2) == image)
    }

    @Test(arguments: ["color", "grey"])
    func toneAgreesWithPillowAndNumPy(_ kind: String) throws {
        let image = try Fixture.expected("operations/\(kind)")
        let changed = [
            "brightness": image.withBrightness(1.4), "contrast": image.withContrast(0.6), "gamma": image.withGamma(0.7),
        ]
        for (name, result) in changed {
            let expected = try Fixture.expected("operations/\(kind).\(name)")
            // Pillow cuts fractions off where we round.
            let difference = try #require(largestDifference(result, expected))
            #expect(difference <= (name == "gamma" ? 0 : 1), "\(name)")
        }
        #expect(image.withBrightness(1) == image)
        #expect(image.withContrast(1) == image)
        #expect(image.withGamma(1) == image)
    }

    @Test func coloursAgreeWithPillowAndPython() throws {
        let image = try Fixture.expected("operations/color")
        let changed = [
            "saturation": image.withSaturation(1.7), "hue": image.withHue(shiftedBy: 0.15),
            "hueback": image.withHue(shiftedBy: -0.4),
        ]
        for (name, result) in changed {
            let expected = try Fixture.expected("operations/color.\(name)")
            // Pillow cuts fractions off where we round; a turned hue may lie between two levels.
            let difference = try #require(largestDifference(result, expected))
            #expect(difference <= 1, "\(name)")
        }
        #expect(image.withSaturation(1) == image && image.withSaturation(0) == image.grey().rgb())
        #expect(image.withHue(shiftedBy: 0) == image && image.withHue(shiftedBy: 1) == image)
        let grey = image.grey()
        #expect(grey.withSaturation(3) == grey && grey.withHue(shiftedBy: 0.3) == grey)
    }

    @Test func huesByHand() {
        // A third of a turn takes red to green, green to blue, blue to red; yellow to cyan.
        let image = Image(
            width: 5, height: 1, channels: 3, pixels: [255, 0, 0, 0, 255, 0, 0, 0, 255, 200, 200, 0, 7, 7, 7])
        #expect(
            image.withHue(shiftedBy: 1.0 / 3).pixels == [0, 255, 0, 0, 0, 255, 255, 0, 0, 0, 200, 200, 7, 7, 7])
        #expect(
            image.withHue(shiftedBy: 1.0 / 2).pixels == [0, 255, 255, 255, 0, 255, 255, 255, 0, 0, 0, 200, 7, 7, 7])
    }

    @Test(arguments: ["color", "grey"])
    func warpingAgreesWithSciPy(_ kind: String) throws {
        let map = AffineMap(a: 0.8, b: 0.3, c: 2.5, d: -0.2, e: 0.9, f: 1.25)
        let warped = try Fixture.expected("operations/\(kind)").warped(by: map, width: 26, height: 20, border: 9)
        let difference = try #require(largestDifference(warped, Fixture.expected("operations/\(kind).warp")))
        #expect(difference <= 1)
    }

    @Test func warpingByHand() {
        let image = Image(width: 2, height: 1, channels: 1, pixels: [100, 200])
        let half = AffineMap(a: 1, b: 0, c: 0.5, d: 0, e: 1, f: 0)
        #expect(image.warped(by: half, width: 3, height: 1).pixels == [50, 150, 100])
        #expect(image.warped(by: .identity, width: 2, height: 1) == image)
        let far = AffineMap(a: 1, b: 0, c: 1e300, d: 0, e: 1, f: 0)
        #expect(image.warped(by: far, width: 2, height: 1, border: 7).pixels == [7, 7])
    }

    @Test func cropsPadsAndFlips() {
        let image = Image(width: 3, height: 2, channels: 1, pixels: [1, 2, 3, 4, 5, 6])
        #expect(image.cropped(x: 1, y: 1, width: 2, height: 1).pixels == [5, 6])
        #expect(image.centerCropped(width: 1, height: 1).pixels == [2])
        #expect(image.flippedHorizontally().pixels == [3, 2, 1, 6, 5, 4])
        #expect(
            image.padded(left: 1, bottom: 1, with: .constant(9)).pixels == [9, 1, 2, 3, 9, 4, 5, 6, 9, 9, 9, 9])
        #expect(
            image.padded(top: 1, right: 2, with: .edge).pixels
                == [1, 2, 3, 3, 3, 1, 2, 3, 3, 3, 4, 5, 6, 6, 6])
        let color = Image(width: 2, height: 1, channels: 3, pixels: [1, 2, 3, 4, 5, 6])
        #expect(color.flippedHorizontally().pixels == [4, 5, 6, 1, 2, 3])
        #expect(color.cropped(x: 1, y: 0, width: 1, height: 1).pixels == [4, 5, 6])
    }
}
