import Testing

@testable import Verification

@Suite struct TrueAcceptRateTests {
    @Test(arguments: FalseAcceptConvention.allCases, [0.001, 0.1, 0.2, 0.35, 0.9])
    func agreesWithItsDefinition(_ convention: FalseAcceptConvention, _ rate: Double) {
        for scores in Samples.mixed {
            let found = ErrorRateCurve(scores).trueAcceptRate(atFalseAcceptRate: rate, convention)
            #expect(found.isNear(NaiveMetrics(scores).trueAcceptRate(rate, convention)), "\(scores)")
        }
    }

    /// Impostors 1 … 10, genuine 7.5 9 9.5 12. At f = .2, k = 2 and the threshold 9 accepts 9 9.5 12;
    /// the lowest threshold with FAR ≤ .2 is that one too, since 7.5 would let 8 pass.
    @Test func isWhatTheHandComputes() throws {
        let curve = ErrorRateCurve(try Scores(genuine: [7.5, 9, 9.5, 12], impostor: (1...10).map(Double.init)))
        #expect(curve.trueAcceptRate(atFalseAcceptRate: 0.2, .impostorRank) == 0.75)
        #expect(curve.trueAcceptRate(atFalseAcceptRate: 0.2, .atMost) == 0.75)
        #expect(curve.trueAcceptRate(atFalseAcceptRate: 0.3, .atMost) == 1)
        #expect(curve.trueAcceptRate(atFalseAcceptRate: 0.3, .impostorRank) == 0.75)
        #expect(curve.trueAcceptRate(atFalseAcceptRate: 0.05, .impostorRank) == 0.25)
        #expect(curve.trueAcceptRate(atFalseAcceptRate: 0.05, .interpolated).isNear(0.25))
        #expect(curve.trueAcceptRate(atFalseAcceptRate: 0.16, .nearest) == 0.75)
        #expect(curve.trueAcceptRate(atFalseAcceptRate: 0.14, .nearest) == 0.5)
    }

    /// 3/8 lies between the rates 1/4 and 1/2 of four impostors: the higher one counts.
    @Test func equallyNearRatesGoToTheHigher() throws {
        let curve = ErrorRateCurve(try Scores(genuine: [2.5, 3.5], impostor: [1, 2, 3, 4]))
        #expect(curve.trueAcceptRate(atFalseAcceptRate: 0.375, .nearest) == 1)
        #expect(curve.trueAcceptRate(atFalseAcceptRate: 0.25, .nearest) == 0.5)
    }

    /// Four impostors tie at the threshold: together they may pass only where all four may.
    @Test func tiedImpostorsMoveTogether() throws {
        let curve = ErrorRateCurve(try Scores(genuine: [5, 6, 5, 1], impostor: [5, 5, 5, 5, 0, 0, 0, 0]))
        #expect(curve.trueAcceptRate(atFalseAcceptRate: 0.25, .atMost) == 0.25)
        #expect(curve.trueAcceptRate(atFalseAcceptRate: 0.25, .impostorRank) == 0.75)
        #expect(curve.trueAcceptRate(atFalseAcceptRate: 0.25, .interpolated) == 0.5)
        #expect(curve.trueAcceptRate(atFalseAcceptRate: 0.5, .atMost) == 1)
    }

    /// 0.29 · 100 rounds to 28.999…; the rank is still 29, as it is for every whole percentage.
    @Test func ranksAreExactAtWholeNumbersOfImpostors() throws {
        let impostor = (0..<100).map(Double.init)
        for percent in 1..<100 {
            let scores = try Scores(genuine: impostor, impostor: impostor)
            let rate = ErrorRateCurve(scores).trueAcceptRate(atFalseAcceptRate: Double(percent) / 100, .impostorRank)
            #expect(rate.isNear(Double(percent) / 100))
        }
    }

    /// Thirty of 300 impostors are a tenth.
    @Test func ratesBelowThirtyFalseAcceptsAreFlagged() throws {
        let curve = ErrorRateCurve(try Scores(genuine: [1], impostor: (0..<300).map(Double.init)))
        #expect(Metric.trueAcceptRate(atFalseAcceptRate: 0.1, .atMost).named(curve).isSupported)
        #expect(!Metric.trueAcceptRate(atFalseAcceptRate: 0.09, .atMost).named(curve).isSupported)
        #expect(Metric.areaUnderCurve.named(curve).isSupported)
    }

    @Test func namesHoldRateAndConvention() {
        #expect(Metric.trueAcceptRate(atFalseAcceptRate: 1e-4, .atMost).name == "TAR@FAR=1e-4[FAR at most]")
        #expect(
            Metric.trueAcceptRate(atFalseAcceptRate: 0.001, .impostorRank).name
                == "TAR@FAR=1e-3[k-th largest impostor, k = floor(f N)]")
    }
}
