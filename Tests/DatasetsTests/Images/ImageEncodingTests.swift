import Testing

@testable import Datasets

@Suite struct ImageEncodingTests {
    @Test(arguments: ["operations/color", "operations/grey"])
    func picturesSurviveWritingAndReading(_ name: String) throws {
        let image = try Fixture.expected(name)
        let png = try image.pngData()
        #expect(ImageFormat(signatureOf: png) == .png)
        #expect(try Image(decoding: png) == image)
        #expect(try Image(decoding: image.netpbmData()) == image)
    }

    @Test func onePixelAndNoiseFit() throws {
        let single = Image(width: 1, height: 1, channels: 3, pixels: [1, 2, 3])
        #expect(try Image(decoding: single.pngData()) == single)
        // Noise does not compress: the file is larger than the picture.
        var generator = SeededGenerator(seed: 1)
        let noise = Image(width: 301, height: 207, channels: 3) { target in
            for index in target.indices { target[index] = UInt8(generator.integer(below: 256)) }
        }
        let png = try noise.pngData()
        #expect(png.count > noise.pixels.count)
        #expect(try Image(decoding: png) == noise)
    }

    @Test func rawHeaderIsPlainText() {
        let image = Image(width: 2, height: 1, channels: 1, pixels: [65, 66])
        #expect(String(decoding: image.netpbmData(), as: UTF8.self) == "P5\n2 1\n255\nAB")
    }
}
