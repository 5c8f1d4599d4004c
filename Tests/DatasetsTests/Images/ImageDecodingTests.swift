import Testing

@testable import Datasets

@Suite struct ImageDecodingTests {
    @Test(arguments: [
        "color.jpg", "color444.jpg", "grey.jpg", "progressive.jpg", "restarts.jpg", "cmyk.jpg",
        "color.png", "grey.png", "bits.png", "palette.png", "gamma.png", "deep.png", "deepgrey.png",
        "plain.gif", "interlaced.gif", "frames.gif", "offset.gif",
        "single.jpg", "single.png", "single.gif", "single.ppm",
    ])
    func agreesWithPillow(_ name: String) throws {
        // Four inks are multiplied by each library with its own rounding, all else is exact.
        let tolerance = name == "cmyk.jpg" ? 1 : 0
        let difference = try #require(largestDifference(Fixture.image(name), Fixture.expected(name)))
        #expect(difference <= tolerance)
    }

    @Test(arguments: ["alpha.png", "greyalpha.png", "palettetransparent.png", "transparent.gif"])
    func compositesOverWhite(_ name: String) throws {
        #expect(try largestDifference(Fixture.image(name), Fixture.expected(name)) == 0)
    }

    @Test func dropsAlphaWhenAsked() throws {
        let image = try Fixture.image("alpha.png", ImageDecoding(transparency: .dropped))
        #expect(try image == Fixture.expected("alpha.png.dropped"))
    }

    @Test(arguments: 1...8)
    func turnsPhotographsUpright(orientation: Int) throws {
        let name = "orientation\(orientation).jpg"
        #expect(try largestDifference(Fixture.image(name), Fixture.expected(name)) == 0)
        let stored = try Fixture.image(name, ImageDecoding(appliesOrientation: false))
        #expect((stored.width, stored.height) == (9, 6))
    }

    @Test func namesWhatATextFileStartsWith() throws {
        let error = #expect(throws: ImageError.self) { try Image(decoding: Array("Hello, world\nof text".utf8)) }
        #expect(error == .unknownFormat(start: "the text \"Hello, world of text\""))
    }

    @Test func namesFormatsThatAreNotRead() throws {
        func start(_ bytes: [UInt8]) -> String? { message { try Image(decoding: bytes) } }
        #expect(start(Array("RIFF\0\0\0\0WEBPVP8 ".utf8))?.contains("a WebP signature") == true)
        #expect(start([0x01, 0xFE, 0x00])?.contains("the bytes 01 fe 00") == true)
        #expect(start(Array("version https://git-lfs.github.com/spec/v1".utf8))?.contains("not fetched") == true)
        #expect(start([]) == ImageError.empty.description)
    }

    @Test func refusesMorePixelsThanAllowed() throws {
        for name in ["color.jpg", "color.png", "plain.gif", "operations/color.expected"] {
            #expect(throws: ImageError.tooLarge(width: 23, height: 17, limit: 390)) {
                try Fixture.image(name, ImageDecoding(pixelLimit: 390))
            }
            #expect(throws: Never.self) { try Fixture.image(name, ImageDecoding(pixelLimit: 391)) }
        }
    }

    @Test func refusesHugeHeadersBeforeAllocating() throws {
        var png = try Fixture.bytes("color.png")
        png.replaceSubrange(16..<24, with: [0x7F, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF])
        let side = 0x7FFF_FFFF
        #expect(throws: ImageError.tooLarge(width: side, height: side, limit: 64_000_000)) {
            try Image(decoding: png)
        }
        #expect(throws: ImageError.tooLarge(width: 90000, height: 90000, limit: 64_000_000)) {
            try Image(decoding: Array("P5 90000 90000 255\n".utf8))
        }
    }

    @Test func decodesTwentyMegapixels() throws {
        let image = Image(width: 5000, height: 4000, channels: 1, filledWith: 130)
        let decoded = try Image(decoding: image.pngData())
        #expect((decoded.width, decoded.height, decoded[4999, 3999, 0]) == (5000, 4000, 130))
    }
}
