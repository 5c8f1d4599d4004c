import Testing

@testable import Verification

struct IdentificationTestTests {
    /// Gallery a, b, c; probes a (found first), b (second), x and y (not enrolled).
    let test: IdentificationTest

    init() throws {
        let matrix = try ScoreMatrix(
            values: [0.9, 0.1, 0.2, 0.6, 0.5, 0.1, 0.3, 0.2, 0.1, 0.4, 0.7, 0.1], galleryCount: 3)
        test = try IdentificationTest(
            matrix, probeIdentities: ["a", "b", "x", "y"], galleryIdentities: ["a", "b", "c"])
    }

    @Test func closedSet() {
        #expect(test.matedCount == 2)
        #expect(test.identificationRate(rank: 1).value == 0.5)
        #expect(test.identificationRate(rank: 2).value == 1)
        #expect(test.identificationRate(rank: 1).name == "rank-1 identification[closed set, gallery of 3, ties by lot]")
    }

    @Test func openSet() throws {
        #expect(test.falsePositiveRate(threshold: 0.3) == 1)
        #expect(test.falsePositiveRate(threshold: 0.31) == 0.5)
        // FPIR ≤ ½ allows the .7: the threshold is just above .3, and both mates pass it.
        #expect(try test.truePositiveRate(atFalsePositiveRate: 0.5, rank: 2).value == 1)
        #expect(try test.truePositiveRate(atFalsePositiveRate: 0.5, rank: 1).value == 0.5)
        // FPIR < ½ allows none: above .7 there is the first mate alone.
        let strict = try test.truePositiveRate(atFalsePositiveRate: 0.49, rank: 2)
        #expect(strict.value == 0.5)
        #expect(!strict.isSupported)
        #expect(strict.name == "TPIR@FPIR=4.9e-1[rank 2, FPIR over non-mated probes at most, gallery of 3]")
    }

    @Test func openSphereCountsComparisons() throws {
        // ⌈.5 · 4⌉ = second largest non-mate score of all: .7, .6 → both mates at rank 1 and ≥ .6: the first.
        #expect(try test.truePositiveRateOverComparisons(atFalsePositiveRate: 0.5).value == 0.5)
    }

    @Test func tiesAreDrawnByLot() throws {
        let matrix = try ScoreMatrix(values: [1, 1, 1, 1], galleryCount: 4)
        let tied = try IdentificationTest(matrix, probeIdentities: [2], galleryIdentities: [0, 1, 2, 2])
        #expect(tied.identificationRate(rank: 1).value == 0.5)
        #expect(tied.identificationRate(rank: 2).value.isNear(1 - 1.0 / 6))
        #expect(tied.identificationRate(rank: 3).value == 1)
    }

    @Test func whatCannotBeMeasuredIsRefused() throws {
        let matrix = try ScoreMatrix(values: [1, 2], galleryCount: 2)
        #expect(throws: VerificationError.empty(what: "probes with a mate in the gallery")) {
            try IdentificationTest(matrix, probeIdentities: ["x"], galleryIdentities: ["a", "b"])
        }
        let closed = try IdentificationTest(matrix, probeIdentities: ["a"], galleryIdentities: ["a", "b"])
        #expect(throws: VerificationError.self) { try closed.truePositiveRate(atFalsePositiveRate: 0.1, rank: 1) }
        #expect(throws: VerificationError.self) { try test.truePositiveRate(atFalsePositiveRate: 0, rank: 1) }
    }
}
