import Foundation
import TestSupport
import Testing

@testable import Experiments

struct TestLedgerTests {
    @Test func looksAreCountedByTheirData() throws {
        let folder = try TemporaryFolder()
        let ledger = TestLedger(run: folder.path)
        #expect(try ledger.looks().isEmpty)
        let date = Date(timeIntervalSince1970: 0)
        #expect(try ledger.record(data: "test", settings: ["seed": "1"], date: date).number == 1)
        #expect(try ledger.record(data: "other", settings: [:]).number == 1)
        let second = try ledger.record(data: "test", settings: ["seed": "2"])
        #expect(second.number == 2 && second.sentence.hasPrefix("This is look 2 at test;"))
        let looks = try ledger.looks()
        #expect(looks.map(\.data) == ["test", "other", "test"])
        #expect(looks[0].date == "1970-01-01T00:00:00Z" && looks[0].settings == ["seed": "1"])
    }

    @Test func theRunFolderAroundAFileIsFound() throws {
        let folder = try TemporaryFolder()
        try folder.write("run/recipe.yaml", "")
        try folder.write("run/scores/a.txt", "")
        try folder.write("elsewhere/a.txt", "")
        _ = try #require(TestLedger(around: folder("run/scores/a.txt"))).record(data: "a", settings: [:])
        #expect(FileManager.default.fileExists(atPath: folder("run/ledger.jsonl")))
        let outside = TestLedger(around: folder("elsewhere/a.txt"))
        #expect(outside == nil)
    }

    @Test func aDamagedLedgerIsNamed() throws {
        let folder = try TemporaryFolder()
        try folder.write("ledger.jsonl", "{\"data\": 1}\n")
        #expect(throws: RunFolderError.self) { try TestLedger(run: folder.path).looks() }
        // Half of a line is what a kill left.
        try folder.write("ledger.jsonl", "{\"da")
        let ledger = TestLedger(run: folder.path)
        #expect(try ledger.looks().isEmpty)
        #expect(try ledger.record(data: "test", settings: [:]).number == 1)
        #expect(try ledger.looks().map(\.data) == ["test"])
    }
}
