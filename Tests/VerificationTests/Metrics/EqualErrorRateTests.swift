import Testing

@testable import Verification

@Suite struct EqualErrorRateTests {
    @Test(arguments: EqualErrorRate.Convention.allCases)
    func agreesWithItsDefinition(_ convention: EqualErrorRate.Convention) {
        for scores in Samples.mixed {
            let rate = ErrorRateCurve(scores).equalErrorRate(convention).rate
            #expect(rate.isNear(NaiveMetrics(scores).equalErrorRate(convention)), "\(scores)")
        }
    }

    /// Genuine .9 .8 .4 .35, impostor .5 .3 .2: from the lowest threshold up, (FAR, FRR) runs
    /// (1, 0) (2/3, 0) (1/3, 0) at .35, (1/3, 1/4) at .4, (1/3, 1/2) at .5, (0, 1/2) at .8.
    @Test func isWhatTheHandComputes() throws {
        let curve = ErrorRateCurve(try Scores(genuine: [0.9, 0.8, 0.4, 0.35], impostor: [0.5, 0.3, 0.2]))
        let mean = curve.equalErrorRate(.meanAtClosest)
        #expect(mean.rate.isNear(7.0 / 24))
        #expect(mean.threshold == 0.4)
        #expect(curve.equalErrorRate(.maximumAtClosest).rate.isNear(1.0 / 3))
        #expect(curve.equalErrorRate(.interpolated).rate.isNear(1.0 / 3))
        #expect(curve.equalErrorRate(.interpolated).threshold == 0.5)
    }

    /// One genuine between two impostors and so on: (1/2, 0) at .5, (1/2, 1) at .6, neither nearer.
    @Test func equallyNearPointsAreChosenAsTheSourceDoes() throws {
        let curve = ErrorRateCurve(try Scores(genuine: [0.5], impostor: [0.1, 0.6]))
        #expect(curve.equalErrorRate(.meanAtClosest).rate == 0.25)
        #expect(curve.equalErrorRate(.meanAtClosest).threshold == 0.5)
        #expect(curve.equalErrorRate(.maximumAtClosest).rate == 1)
        #expect(curve.equalErrorRate(.maximumAtClosest).threshold == 0.6)
        #expect(curve.equalErrorRate(.interpolated).rate == 0.5)
    }

    @Test(arguments: EqualErrorRate.Convention.allCases)
    func separatedScoresHaveNone(_ convention: EqualErrorRate.Convention) throws {
        let curve = ErrorRateCurve(try Scores(genuine: [2, 3, 4], impostor: [-1, 0, 1]))
        #expect(curve.equalErrorRate(convention).rate == 0)
        #expect(curve.equalErrorRate(convention).threshold == (convention == .meanAtClosestTiesSplit ? 1 : 2))
    }

    /// Equal scores move together: all is accepted, then nothing, and the line between crosses at ½.
    @Test func equalScoresTellNothing() throws {
        let curve = ErrorRateCurve(try Scores(genuine: [7, 7, 7], impostor: [7, 7]))
        #expect(curve.equalErrorRate(.interpolated).rate == 0.5)
        #expect(curve.equalErrorRate(.meanAtClosest).rate == 0.5)
        #expect(curve.equalErrorRate(.maximumAtClosest).rate == 1)
        #expect(curve.points().count == 2)
    }

    @Test(arguments: EqualErrorRate.Convention.allCases)
    func monotoneMapsChangeNothing(_ convention: EqualErrorRate.Convention) throws {
        for scores in Samples.mixed {
            let mapped = try Scores(
                genuine: scores.genuine.map { $0 * $0 * $0 - 5 }, impostor: scores.impostor.map { $0 * $0 * $0 - 5 })
            #expect(
                ErrorRateCurve(scores).equalErrorRate(convention).rate
                    == ErrorRateCurve(mapped).equalErrorRate(convention).rate)
        }
    }

    /// Exchanging the labels and negating the scores exchanges FAR and FRR.
    @Test func swappedPolarityWithSwappedLabelsChangesNothing() throws {
        for scores in Samples.mixed {
            let swapped = try Scores(genuine: scores.impostor.map(-), impostor: scores.genuine.map(-))
            #expect(
                ErrorRateCurve(scores).equalErrorRate(.interpolated).rate
                    .isNear(ErrorRateCurve(swapped).equalErrorRate(.interpolated).rate))
        }
    }

    @Test(arguments: [EqualErrorRate.Convention.meanAtClosest, .maximumAtClosest, .interpolated])
    func duplicatedTrialsChangeNothing(_ convention: EqualErrorRate.Convention) throws {
        for scores in Samples.mixed {
            let doubled = try Scores(
                genuine: scores.genuine + scores.genuine, impostor: scores.impostor + scores.impostor)
            #expect(
                ErrorRateCurve(scores).equalErrorRate(convention).rate
                    == ErrorRateCurve(doubled).equalErrorRate(convention).rate)
        }
    }

    /// The tie at 1 holds the crossing: split, genuine first, (FAR, FRR) runs (1, 0) (1, ½) (½, ½).
    @Test func splitTiesAreRejectedGenuineFirst() throws {
        let curve = ErrorRateCurve(try Scores(genuine: [1, 2], impostor: [1, 1.5]))
        #expect(curve.equalErrorRate(.meanAtClosestTiesSplit).rate == 0.5)
        let tied = ErrorRateCurve(try Scores(genuine: [1, 2], impostor: [1, 1, 1, 0]))
        #expect(tied.equalErrorRate(.meanAtClosest).rate == 0.25)
        #expect(tied.equalErrorRate(.meanAtClosestTiesSplit).rate == 0.5)
    }

    @Test func namesHoldTheConvention() {
        #expect(Metric.equalErrorRate(.interpolated).name == "EER[interpolated]")
        #expect(Metric.equalErrorRate(.rocRoot).name == "EER[interpolated]")
        #expect(Metric.equalErrorRate(.meanAtClosest).name == "EER[mean at closest]")
        #expect(Set(EqualErrorRate.Convention.allCases.map(\.metricName)).count == 5)
    }
}
