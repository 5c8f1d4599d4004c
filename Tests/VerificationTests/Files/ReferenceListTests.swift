import Foundation
import Testing

@testable import Verification

/// The lists that were published, in their own files.
@Suite(.enabled(if: ReferenceScores.arePresent, "needs ../shared/data/scoring_refs"))
struct ReferenceListTests {
    @Test(arguments: [("O", 37_720), ("O_cleaned", 37_611), ("E", 581_480), ("H", 552_536)])
    func voxCeleb(_ name: String, count: Int) throws {
        let file = try TrialFile(
            contents: ReferenceScores.contents(of: "../voxceleb1_trials/voxceleb1_\(name).txt.gz"), name: name)
        #expect(file.layout == .voxCelebTrials)
        #expect(file.count == count)
        #expect(file.identityRule == .firstFolder)
    }

    @Test func lfw() throws {
        for (name, count, foldCount) in [("pairs", 6000, 10), ("pairsDevTrain", 2200, 1), ("pairsDevTest", 1000, 1)] {
            let url = ReferenceScores.folder.appending(path: "../lfw_protocols/\(name).txt")
            let list = try FacePairs(contents: Data(contentsOf: url), name: name)
            #expect(list.pairs.count == count)
            #expect(list.foldCount == foldCount)
            #expect(list.pairs.count(where: \.isSame) == count / 2)
        }
    }

    @Test func scoresThatAreNoNumbersNameTheirLine() throws {
        let error = try #require(throws: TrialFileError.self) {
            try TrialFile(path: ReferenceScores.folder.appending(path: "../bob_measure_samples/dev-1.txt").path)
        }
        #expect(error.line == 26)
    }
}
