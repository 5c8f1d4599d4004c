import Testing

@testable import Verification

@Suite struct ScoresTests {
    @Test func keepsWhatItIsGiven() throws {
        let scores = try Scores(genuine: [0.5, -1], impostor: [0, 0.25, 3])
        #expect(scores.genuine == [0.5, -1])
        #expect(scores.impostor == [0, 0.25, 3])
        #expect(try Scores(genuine: [0.5, -1] as [Float], impostor: [0, 0.25, 3] as [Float]) == scores)
        let labelled = [(0.0, false), (0.5, true), (0.25, false), (-1, true), (3, false)]
        #expect(try Scores(labelled: labelled.map { (score: $0.0, isGenuine: $0.1) }) == scores)
    }

    @Test func emptySidesAreNamed() {
        #expect(throws: VerificationError.noGenuineTrials) { try Scores(genuine: [], impostor: [1.0]) }
        #expect(throws: VerificationError.noImpostorTrials) { try Scores(genuine: [1.0], impostor: []) }
        #expect(throws: VerificationError.noImpostorTrials) { try Scores(labelled: [(score: 1, isGenuine: true)]) }
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity])
    func nonFiniteScoresAreNamedWithTheirPlace(_ value: Double) {
        #expect(throws: VerificationError.nonFiniteScore(set: "impostor", trial: 2, value: "\(value)")) {
            try Scores(genuine: [1], impostor: [0, 0, value])
        }
        #expect(throws: VerificationError.nonFiniteScore(set: "genuine", trial: 0, value: "\(value)")) {
            try Scores(genuine: [value], impostor: [0])
        }
    }

    @Test func messagesSayWhatWasFoundAndWhatIsNeeded() {
        let message = VerificationError.nonFiniteScore(set: "genuine", trial: 3, value: "nan").description
        #expect(message == "The score of genuine trial 3 (counted from 0) is nan; every score must be a finite number.")
        let unsupported = VerificationError.unsupportedFalseAcceptRate(asked: 1e-4, impostorCount: 1000).description
        #expect(unsupported.contains("1e-4 cannot be measured on 1000 impostor trials"))
        #expect(unsupported.contains("30 / 1000 = 3e-2"))
    }
}
