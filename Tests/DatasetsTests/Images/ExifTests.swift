import Testing

@testable import Datasets

@Suite struct ExifTests {
    /// A directory of one entry: tag, type, count 1 and value, in the byte order of `mark`.
    private func segment(_ mark: String, tag: [UInt8], type: [UInt8], value: [UInt8]) -> ArraySlice<UInt8> {
        let one: [UInt8] = mark == "II" ? [1, 0, 0, 0] : [0, 0, 0, 1]
        let entryCount: [UInt8] = mark == "II" ? [1, 0] : [0, 1]
        let offset: [UInt8] = mark == "II" ? [8, 0, 0, 0] : [0, 0, 0, 8]
        let magic: [UInt8] = mark == "II" ? [42, 0] : [0, 42]
        let entry = tag + type + one + value + [0, 0]
        return (Array("Exif\0\0\(mark)".utf8) + magic + offset + entryCount + entry)[...]
    }

    @Test func bothByteOrdersAreRead() {
        #expect(exifOrientation(in: segment("II", tag: [0x12, 1], type: [3, 0], value: [6, 0])) == .rotatedRight)
        #expect(exifOrientation(in: segment("MM", tag: [1, 0x12], type: [0, 3], value: [0, 8])) == .rotatedLeft)
    }

    @Test func nonsenseIsNoOrientation() {
        let good = segment("MM", tag: [1, 0x12], type: [0, 3], value: [0, 8])
        #expect(exifOrientation(in: segment("MM", tag: [1, 0x12], type: [0, 3], value: [0, 9])) == nil)
        #expect(exifOrientation(in: segment("MM", tag: [1, 0x13], type: [0, 3], value: [0, 8])) == nil)
        for length in 0..<(good.count - 2) { #expect(exifOrientation(in: good[..<length]) == nil) }
    }
}
