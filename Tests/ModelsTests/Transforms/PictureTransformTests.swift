import Datasets
import Foundation
import Models
import TestSupport
import Testing

@Suite struct PictureTransformTests {
    private func numbers(_ transform: PictureTransform, _ image: Image) throws -> [Float] {
        try transform.batch([image]).elements(as: Float.self)
    }

    @Test func fixedNormalizationByHand() throws {
        let transform = PictureTransform(channels: 3, height: 1, width: 2)
        let image = Image(width: 2, height: 1, channels: 3, pixels: [0, 255, 51, 102, 153, 204])
        // Channel by channel: red 0 102, green 255 153, blue 51 204, each (v − 127.5) / 127.5.
        let expected: [Float] = [-1, -0.2, 1, 0.2, -0.6, 0.6]
        #expect(zip(try numbers(transform, image), expected).allSatisfy { abs($0 - $1) < 1e-6 })
        #expect(try transform.batch([image, image]).shape == [2, 3, 1, 2])
    }

    @Test func pictureNormalizationByHand() throws {
        var transform = PictureTransform(channels: 1, height: 2, width: 2, normalization: .picture)
        // Mean 20, deviations ±10, standard deviation 10: ±10 / 11.
        let image = Image(width: 2, height: 2, channels: 1, pixels: [10, 30, 30, 10])
        let expected: [Float] = [-10 / 11, 10 / 11, 10 / 11, -10 / 11]
        #expect(zip(try numbers(transform, image), expected).allSatisfy { abs($0 - $1) < 1e-6 })
        #expect(try numbers(transform, Image(width: 2, height: 2, channels: 1, filledWith: 9)) == [0, 0, 0, 0])

        transform = PictureTransform(channels: 3, height: 1, width: 2, normalization: .picture)
        // Each channel by itself: red 0 and 4 (deviation 2), green 7 and 7, blue 255 and 1 (deviation 127).
        let colours = Image(width: 2, height: 1, channels: 3, pixels: [0, 7, 255, 4, 7, 1])
        let separate: [Float] = [-2 / 3, 2 / 3, 0, 0, 127 / 128, -127 / 128]
        #expect(zip(try numbers(transform, colours), separate).allSatisfy { abs($0 - $1) < 1e-6 })
    }

    @Test func coloursAreBroughtToTheNetworks() throws {
        let colour = Image(width: 2, height: 1, channels: 3, pixels: [255, 0, 0, 9, 9, 9])
        let grey = try PictureTransform(channels: 1, height: 1, width: 2).framed(colour)
        #expect(grey.channels == 1 && grey.pixels[1] == 9 && (75...77).contains(grey.pixels[0]))
        let tripled = try PictureTransform(channels: 3, height: 1, width: 2)
            .framed(Image(width: 2, height: 1, channels: 1, pixels: [4, 5]))
        #expect(tripled.pixels == [4, 4, 4, 5, 5, 5])
    }

    @Test func stretchingKeepsEverythingAndCroppingProportions() throws {
        // 40 × 20: white quarters on the left and right, a black middle of 20 × 20.
        var wide = Image(width: 40, height: 20, channels: 1, filledWith: 255)
        for y in 0..<20 { for x in 10..<30 { wide[x, y, 0] = 0 } }
        let square = PictureTransform(channels: 1, height: 10, width: 10, fit: .crop)
        #expect(try square.framed(wide) == Image(width: 10, height: 10, channels: 1, filledWith: 0))
        let stretched = try PictureTransform(channels: 1, height: 10, width: 10, fit: .stretch).framed(wide)
        #expect(stretched[0, 5, 0] == 255 && stretched[9, 5, 0] == 255 && stretched[5, 5, 0] == 0)

        // The same on its side, and for a target that is not square: the middle 20 × 10 of 20 × 40.
        var tall = Image(width: 20, height: 40, channels: 1, filledWith: 255)
        for y in 15..<25 { for x in 0..<20 { tall[x, y, 0] = 0 } }
        let flat = PictureTransform(channels: 1, height: 5, width: 10, fit: .crop)
        #expect(try flat.framed(tall) == Image(width: 10, height: 5, channels: 1, filledWith: 0))
        #expect(try flat.framed(tall) == tall.centerCropped(width: 20, height: 10).resized(width: 10, height: 5))
    }

    @Test(arguments: PictureTransform.Fit.allCases, [(1, 1), (1, 900), (900, 1), (3, 2)])
    func everyShapeComesOutInTheNetworks(_ fit: PictureTransform.Fit, _ size: (Int, Int)) throws {
        let transform = PictureTransform(channels: 3, height: 7, width: 5, fit: fit, equalization: true)
        let framed = try transform.framed(Image(width: size.0, height: size.1, channels: 1, filledWith: 77))
        #expect(framed.width == 5 && framed.height == 7 && framed.channels == 3)
    }

    @Test func aPictureOfTheRightSizeIsLeftAsItIs() throws {
        let image = Toy.picture(identity: 2, number: 0)
        for fit in PictureTransform.Fit.allCases {
            #expect(try PictureTransform(channels: 1, height: 16, width: 16, fit: fit).framed(image) == image)
        }
    }

    @Test func equalizationComesAfterFraming() throws {
        let image = Toy.picture(identity: 1, number: 0, side: 40)
        let plain = PictureTransform(channels: 1, height: 16, width: 16)
        let equalizing = PictureTransform(channels: 1, height: 16, width: 16, equalization: true)
        #expect(try equalizing.framed(image) == plain.framed(image).equalized())
    }

    @Test func storedAndReadAgain() throws {
        let transform = PictureTransform(
            channels: 3, height: 112, width: 96, fit: .crop, alignment: .landmarks, normalization: .picture,
            equalization: true)
        let data = try JSONEncoder().encode(transform)
        #expect(try JSONDecoder().decode(PictureTransform.self, from: data) == transform)
        #expect(transform.shape == [3, 112, 96] && transform.count == 3 * 112 * 96)
    }
}
