import Testing

@testable import Verification

@Suite struct RankOneTests {
    @Test func oneShotCountsBestColumns() throws {
        let matrix = try ScoreMatrix(values: [3, 2, 1, 0, 5, 4, 1, 2, 9], galleryCount: 3)
        let accuracy = try matrix.oneShotAccuracy(correctItems: [0, 2, 2])
        #expect(accuracy.value.isNear(2.0 / 3))
        #expect(accuracy.name == "accuracy[3-way one-shot, ties share]")
    }

    /// Two columns tie with the right one among them: ½. All five tie: 1/5. The right one is beaten: 0.
    @Test func tiesShareCredit() throws {
        let matrix = try ScoreMatrix(values: [4, 4, 0, 0, 0, 1, 1, 1, 1, 1, 7, 7, 6, 0, 0], galleryCount: 5)
        #expect(try matrix.oneShotAccuracy(correctItems: [1, 3, 2]).value.isNear((0.5 + 0.2) / 3))
    }

    @Test func constantScoresEarnChance() throws {
        let matrix = try ScoreMatrix(values: Array(repeating: 0.3, count: 20 * 8), galleryCount: 20)
        #expect(try matrix.oneShotAccuracy(correctItems: Array(0..<8)).value.isNear(1.0 / 20))
    }

    /// Breaking every tie by lot many times earns the shared credit on average.
    @Test func sharingIsTheAverageOverLots() throws {
        var generator = SplitMix64(seed: 21)
        let values = (0..<60).map { _ in Double(generator.next(below: 3)) }
        let correct = (0..<12).map { _ in generator.next(below: 5) }
        let shared = try ScoreMatrix(values: values, galleryCount: 5).oneShotAccuracy(correctItems: correct).value
        var sum = 0.0
        let lots = 3000
        for _ in 0..<lots {
            let broken = values.map { $0 + Double(generator.next(below: 1 << 30)) / 0x1p31 }
            sum += try ScoreMatrix(values: broken, galleryCount: 5).oneShotAccuracy(correctItems: correct).value
        }
        // One lot's accuracy over twelve probes has a standard deviation under 0.15.
        #expect((sum / Double(lots)).isNear(shared, within: 5 * 0.15 / Double(lots).squareRoot()))
    }

    @Test func identificationLooksForTheIdentity() throws {
        let matrix = try ScoreMatrix(values: [1, 5, 3, 2, 2, 0], galleryCount: 3)
        let rate = try matrix.rankOneIdentification(
            probeIdentities: ["ann", "bob"], galleryIdentities: ["bob", "ann", "ann"])
        #expect(rate.value.isNear((1 + 0.5) / 2))
        #expect(rate.name == "rank-1 identification[closed set, ties share]")
    }

    @Test func theDiagonalCanBeLeftOut() throws {
        let people = ["ann", "ann", "bob", "bob"]
        let matrix = try ScoreMatrix(
            values: [9, 8, 1, 1, 8, 9, 1, 1, 3, 1, 9, 2, 1, 1, 2, 9], galleryCount: 4)
        let with = try matrix.rankOneIdentification(probeIdentities: people, galleryIdentities: people)
        let without = try matrix.rankOneIdentification(
            probeIdentities: people, galleryIdentities: people, excludingDiagonal: true)
        #expect(with.value == 1)
        #expect(without.value == 0.75)
        #expect(without.name == "rank-1 identification[closed set, itself excluded, ties share]")
    }

    @Test func whatDoesNotFitIsRefused() throws {
        #expect(throws: VerificationError.countMismatch(what: "scores in 3 columns", count: 4, expected: 3)) {
            try ScoreMatrix(values: [1, 2, 3, 4], galleryCount: 3)
        }
        #expect(throws: VerificationError.nonFiniteScore(set: "matrix", trial: 1, value: "nan")) {
            try ScoreMatrix(values: [1, .nan], galleryCount: 2)
        }
        let matrix = try ScoreMatrix(values: [1, 2], galleryCount: 2)
        #expect(throws: VerificationError.itemOutOfRange(trial: 0, item: 2, itemCount: 2)) {
            try matrix.oneShotAccuracy(correctItems: [2])
        }
        #expect(throws: VerificationError.probeWithoutMate(probe: 0)) {
            try matrix.rankOneIdentification(probeIdentities: ["cid"], galleryIdentities: ["ann", "bob"])
        }
        #expect(throws: VerificationError.countMismatch(what: "gallery identities", count: 1, expected: 2)) {
            try matrix.rankOneIdentification(probeIdentities: ["ann"], galleryIdentities: ["ann"])
        }
    }
}
