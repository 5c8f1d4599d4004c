import Foundation
import Testing

@testable import Reports

/// Bytes; that TensorBoard itself reads them is tried by scripts/test-tensorboard.sh.
@Suite struct EventFileTests {
    @Test func checksumIsCastagnolis() {
        #expect(Data("123456789".utf8).checksum == 0xe306_9283)
        #expect(Data(repeating: 0, count: 32).checksum == 0x8a91_36aa)
    }

    /// The record of an event that its own documentation gives: 24 bytes hold `brain.Event:2` and the time.
    @Test func recordsFrameEvents() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = try EventFile(in: folder, at: Date(timeIntervalSince1970: 1))
        try file.add([("loss", 1.5), ("rate/head", -2)], step: 300, at: Date(timeIntervalSince1970: 2))
        let bytes = [UInt8](try Data(contentsOf: file.url))

        #expect(Array(bytes[0..<8]) == [24, 0, 0, 0, 0, 0, 0, 0])
        // Field 1, 64 bits: 1.0. Field 3, 13 bytes of text.
        #expect(Array(bytes[12..<23]) == [9, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f, 0x1a, 13])
        #expect(String(decoding: bytes[23..<36], as: UTF8.self) == "brain.Event:2")

        let second = Array(bytes[40...])
        // 9 for the time, 3 for step 300, 2 + 13 + 18 for the summary of two values.
        #expect(second[0] == 45)
        #expect(Array(second[21..<24]) == [0x10, 0xac, 0x02])
        #expect(Array(second[24..<28]) == [0x2a, 31, 0x0a, 11])
        #expect(Array(second[28..<30]) == [0x0a, 4] && String(decoding: second[30..<34], as: UTF8.self) == "loss")
        #expect(Array(second[34..<39]) == [0x15, 0, 0, 0xc0, 0x3f])
        #expect(second.count == 12 + 45 + 4)
    }
}
