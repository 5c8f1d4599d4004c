import Testing

@testable import Datasets

@Suite struct NetpbmTests {
    private func decoded(_ text: String, _ pixels: [UInt8] = []) throws -> Image {
        try Image(decoding: Array(text.utf8) + pixels)
    }

    @Test func plainForms() throws {
        // Bits may stand together or apart; a set bit is black.
        #expect(try decoded("P1\n# a bitmap\n3 2\n101\n0 1 0\n").pixels == [0, 255, 0, 255, 0, 255])
        #expect(try decoded("P2 2 2 255 0 7 255 128").pixels == [0, 7, 255, 128])
        // 15 levels: v becomes 17 v.
        #expect(try decoded("P2 3 1 15\n0 # none\n8 15\n").pixels == [0, 136, 255])
        let color = try decoded("P3 1 2 255 1 2 3 4 5 6")
        #expect(color == Image(width: 1, height: 2, channels: 3, pixels: [1, 2, 3, 4, 5, 6]))
    }

    @Test func rawForms() throws {
        // Ten columns take two bytes a row, of which six bits are filling.
        #expect(
            try decoded("P4 10 2\n", [0b1010_1010, 0b1111_1111, 0, 0]).pixels
                == [0, 255, 0, 255, 0, 255, 0, 255, 0, 0] + [UInt8](repeating: 255, count: 10))
        #expect(try decoded("P5 2 1 255\n", [9, 250]).pixels == [9, 250])
        #expect(try decoded("P6 1 1 255\n", [9, 8, 7]).channels == 3)
        // Two bytes, the high one first: 256 v / 65535 is about v / 257.
        #expect(try decoded("P5 3 1 65535\n", [0, 0, 0x80, 0x80, 0xFF, 0xFF]).pixels == [0, 128, 255])
        #expect(try decoded("P5 2 1 100\n", [50, 100]).pixels == [128, 255])
    }

    @Test func commentsAreHeaderOnly() throws {
        #expect(try decoded("P5\n#one\n1 #two\n 1\n255\n", [35]).pixels == [35])
    }

    @Test(arguments: [
        ("P5 2 2 255\n\u{1}\u{2}\u{3}", "need 4 bytes, 3 are there"), ("P5 2 2 0\nabcd", "largest value is 0"),
        ("P5 2 2 70000\nabcd", "largest value is 70000"), ("P2 1 1 9 10", "10 is above its largest value 9"),
        ("P1 1 1 2", "neither 0 nor 1"), ("P5 x 2 255\n", "width is not a number"), ("P5 0 2 255\n", "0 × 2"),
        ("P5 99999999999999999999 2 255\n", "too many digits"), ("P2 2 1 255 1 x", "pixel is not a number"),
    ])
    func mistakesAreNamed(_ text: String, _ part: String) throws {
        #expect(message { try decoded(text) }?.contains(part) == true)
    }
}
