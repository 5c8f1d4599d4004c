import Testing

@testable import Verification

@Suite struct AreaUnderCurveTests {
    @Test func agreesWithCountingPairs() {
        for scores in Samples.mixed {
            #expect(ErrorRateCurve(scores).areaUnderCurve().isNear(NaiveMetrics(scores).areaUnderCurve))
        }
    }

    /// Of six pairs, four are right, one is tied, one is wrong: 4.5 / 6.
    @Test func countsTiesHalf() throws {
        let curve = ErrorRateCurve(try Scores(genuine: [3, 1], impostor: [1, 2, 0]))
        #expect(curve.areaUnderCurve() == 0.75)
        #expect(ErrorRateCurve(try Scores(genuine: [4, 4], impostor: [4, 4, 4])).areaUnderCurve() == 0.5)
        #expect(ErrorRateCurve(try Scores(genuine: [4], impostor: [1])).areaUnderCurve() == 1)
        #expect(ErrorRateCurve(try Scores(genuine: [0], impostor: [1])).areaUnderCurve() == 0)
        #expect(Metric.areaUnderCurve.name == "AUC[ties half]")
    }

    @Test func swappingTheLabelsGivesTheComplement() throws {
        for scores in Samples.mixed {
            let swapped = try Scores(genuine: scores.impostor, impostor: scores.genuine)
            #expect((ErrorRateCurve(scores).areaUnderCurve() + ErrorRateCurve(swapped).areaUnderCurve()).isNear(1))
        }
    }
}
