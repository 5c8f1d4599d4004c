import Foundation
import Testing

@testable import Datasets

@Suite struct DataFingerprintTests {
    private let items = [
        Item(path: "ann/1", label: "ann"), Item(path: "ann/2", label: "ann"), Item(path: "bob/1", label: "bob"),
        Item(path: "cid/1", label: "cid"), Item(path: "cid/2", label: "cid"), Item(path: "dan/1", label: "dan"),
    ]
    private let hashes: [UInt64] = [1, 2, 3, 4, 5, 6]

    private func fingerprint(
        _ items: [Item]? = nil, _ hashes: [UInt64]? = nil, train: [String] = ["ann", "bob"],
        test: [String] = ["cid", "dan"]
    ) throws -> DataFingerprint {
        let items = items ?? self.items
        let lists = [("train", train), ("test", test)].map { SplitRule.List(name: $0.0, identities: $0.1) }
        return DataFingerprint(
            of: items, hashes: hashes ?? self.hashes, split: try Split(of: items, by: .lists(lists)))
    }

    @Test func countsByIdentityAndSet() throws {
        let parts = try fingerprint().parts
        #expect(parts.map(\.set) == ["train", "train", "test", "test"])
        #expect(parts.map(\.label) == ["ann", "bob", "cid", "dan"] && parts.map(\.samples) == [2, 1, 2, 1])
        #expect(Set(parts.map(\.hash)).count == 4 && parts.allSatisfy { $0.hash.count == 16 })
        #expect(try fingerprint().samples == 6 && fingerprint().hash.count == 16)
        #expect(try fingerprint() == fingerprint() && fingerprint().differences(from: fingerprint()).isEmpty)
    }

    @Test func whatDiffersIsToldByIdentity() throws {
        let before = try fingerprint()
        func differences(_ items: [Item]? = nil, _ hashes: [UInt64]? = nil) throws -> [String] {
            let now = try fingerprint(items, hashes)
            #expect(now.hash != before.hash)
            return now.differences(from: before)
        }
        #expect(try differences(nil, [1, 9, 3, 4, 5, 6]) == ["“ann” has other names or contents in the set train"])
        #expect(try differences(nil, [2, 1, 3, 4, 5, 6]) == ["“ann” has other names or contents in the set train"])
        var renamed = items
        renamed[3].path = "cid/one"
        #expect(try differences(renamed) == ["“cid” has other names or contents in the set test"])
        var aligned = items
        let point = Point(x: 1, y: 2)
        aligned[5].landmarks = Landmarks(
            leftEye: point, rightEye: point, nose: point, leftMouthCorner: point, rightMouthCorner: point)
        #expect(try differences(aligned) == ["“dan” has other names or contents in the set test"])
        #expect(
            try differences(Array(items.dropFirst()), Array(hashes.dropFirst()))
                == ["“ann” has 1 samples in the set train and had 2"])
        let moved = try fingerprint(train: ["ann", "bob", "dan"], test: ["cid"])
        #expect(
            moved.differences(from: before) == ["“dan” is new in the set train", "“dan” is no longer in the set test"])
    }

    @Test func itIsStored() throws {
        let before = try fingerprint()
        let data = try JSONEncoder().encode(before)
        #expect(try JSONDecoder().decode(DataFingerprint.self, from: data) == before)
    }
}
