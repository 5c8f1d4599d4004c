import Testing

@testable import Datasets

@Suite struct HostileInputTests {
    static let names = [
        "orientation6.jpg", "grey.jpg", "progressive.jpg", "bits.png", "palettetransparent.png",
        "offset.gif", "interlaced.gif", "frames.gif", "operations/grey.expected",
    ]

    @Test(arguments: names)
    func everyTruncationIsAnError(_ name: String) throws {
        let bytes = try Fixture.bytes(name)
        #expect(throws: Never.self) { try Image(decoding: bytes) }
        for length in bytes.indices {
            #expect(throws: ImageError.self, "cut to \(length) of \(bytes.count) bytes") {
                try Image(decoding: Array(bytes[..<length]))
            }
        }
    }

    /// What a damaged byte does to a picture is open; that decoding ends in a picture or an error is not.
    @Test(arguments: names)
    func everyDamagedByteEndsInAPictureOrAnImageError(_ name: String) throws {
        let bytes = try Fixture.bytes(name)
        var generator = SeededGenerator(seed: 3)
        for position in bytes.indices {
            var damaged = bytes
            damaged[position] ^= UInt8(1 + generator.integer(below: 255))
            do {
                let image = try Image(decoding: damaged, ImageDecoding(pixelLimit: 100_000))
                #expect(image.pixels.count == image.width * image.height * image.channels)
            } catch {
                #expect(error is ImageError)
            }
        }
    }

    @Test func dataMissingInFrontOfTheEndMarkerIsAnError() throws {
        let bytes = try Fixture.bytes("color.jpg")
        let half = Array(bytes[..<(bytes.count * 3 / 4)]) + [0xFF, 0xD9]
        #expect(throws: ImageError.self) { try Image(decoding: half) }
    }

    @Test func bytesBetweenSegmentsAreHarmless() throws {
        let bytes = try Fixture.bytes("color.jpg")
        let scan = try #require(bytes.indices.first { bytes[$0] == 0xFF && bytes[$0 + 1] == 0xDB })
        let padded = Array(bytes[..<scan]) + [0, 0, 0] + Array(bytes[scan...])
        #expect(try Image(decoding: padded) == Fixture.image("color.jpg"))
    }
}
