import Testing

@testable import Verification

struct DecimalParserTests {
    private func parse(_ text: String) -> Double? {
        Array(text.utf8).withUnsafeBufferPointer { bytes in
            bytes.baseAddress.flatMap { DecimalParser.parse($0, count: bytes.count) }
        }
    }

    @Test(arguments: [
        "0", "-0", "1", "+1", "0.5", "-.5", "5.", "123456.789", "0.20206531882286072", "9007199254740993",
        "9007199254740992.5", "0.1", "1e-3", "1E300", "-2.5e-310", "18446744073709551615", "99999999999999999999",
        "0.0000000000000000000000000001", "3.14159265358979323846264338327950288", "1e400", "4.35e-322",
        "0.00000000000000000012345678901234567", "9223372036854775807", "1.7976931348623157e308",
    ])
    func wordsAsTheStandardLibraryReadsThem(_ text: String) {
        #expect(parse(text)?.bitPattern == Double(text)?.bitPattern)
    }

    @Test func anyDoubleComesBack() {
        var generator = SplitMix64(seed: 5)
        for _ in 0..<50_000 {
            let value = Double.random(in: -40...40, using: &generator)
            #expect(parse("\(value)") == value)
        }
    }

    /// Every length of digits and every place of the point, against the standard library.
    @Test func digitsOfEveryLength() {
        var generator = SplitMix64(seed: 6)
        for _ in 0..<50_000 {
            let digits = (0..<(1 + generator.next(below: 21))).map { _ in "\(generator.next(below: 10))" }.joined()
            let point = generator.next(below: digits.count + 1)
            let text = digits.prefix(point) + "." + digits.dropFirst(point)
            #expect(parse(String(text))?.bitPattern == Double(text)?.bitPattern, "\(text)")
        }
    }

    /// Numbers halfway between two doubles, and one unit in the last digit beside.
    @Test func halfwayCases() {
        var generator = SplitMix64(seed: 7)
        for _ in 0..<5000 {
            let even = (1 << 53) + 2 * generator.next(below: 1 << 52)
            for offset in [-1, 0, 1] {
                for text in ["\(even + 1 + offset)", "\(even / 1000).\(String(even % 1000 + 1000).dropFirst())5"] {
                    #expect(parse(text)?.bitPattern == Double(text)?.bitPattern, "\(text)")
                }
            }
        }
    }

    @Test(arguments: ["", "-", "+", ".", "-.", "abc", "1.2.3", "1-2", "0x", "--1", "1e", "target"])
    func whatIsNoNumber(_ text: String) {
        #expect(parse(text) == nil)
    }

    @Test func notFinite() {
        #expect(parse("nan")?.isNaN == true)
        #expect(parse("-inf") == -.infinity)
    }
}
