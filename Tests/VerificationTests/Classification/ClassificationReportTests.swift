import Foundation
import Testing

@testable import Verification

struct ClassificationReportTests {
    @Test func holdsWhatWasMeasured() throws {
        let scores = try ToyClassifier(sampleCount: 200).scores(seed: 3)
        let report = try ClassificationReport(
            scores, classNames: ["a", "b", "c", "d", "e"], options: .init(topCounts: [2, 5, 9], drawCount: 200))
        let tally = ConfusionMatrix(scores.decisions).tally
        let metrics: [ClassificationMetric] = [
            .accuracy, .balancedAccuracy, .macroF1, .topAccuracy(2), .topAccuracy(5), .logLoss, .brierScore,
            .calibrationError,
        ]
        #expect(report.figures.map(\.name) == metrics.map(\.name))
        #expect(report.figures.map(\.value) == metrics.map { $0(scores) })
        #expect(report.confusion.tally == tally && report.reliability == scores.reliability())
        #expect(report.sampleCount == 200 && report.groupCount == nil)
        for (index, row) in report.classes.enumerated() {
            #expect(row.recall.name == "recall[\(row.name)]" && row.recall.value == tally.recall(of: index))
            #expect(
                row.recall.interval
                    == Interval(wilsonScoreOf: tally.correct[index], among: tally.labelled[index]))
            #expect(
                row.precision.interval
                    == Interval(wilsonScoreOf: tally.correct[index], among: tally.decided[index]))
            #expect(row.precision.value == tally.precision(of: index) && row.f1Score.value == tally.f1Score(of: index))
            #expect(try #require(row.f1Score.interval).contains(row.f1Score.value))
            #expect(row.sampleCount == tally.labelled[index] && row.decidedCount == tally.decided[index])
            #expect(row.caveats.isEmpty && row.groupCount == nil)
            let confusion = try #require(row.mostTakenFor)
            let others = (0..<5).filter { $0 != index }.map { report.confusion[label: index, decision: $0] }
            #expect(confusion.count == others.max() && confusion.name != row.name)
        }
        #expect(
            report.caveats == [
                "intervals take samples for independent; where several show one thing they are too narrow"
            ])
        #expect(try #require(report.method).contains("percentile bootstrap over 200 samples, 200 draws, seed 1"))
    }

    @Test func intervalsOverGroupsAreThoseOfTheBootstrap() throws {
        let scores = try ToyClassifier(sampleCount: 600, groupSize: 5, sharedNoise: 0.7).scores(seed: 8)
        let report = try ClassificationReport(scores, options: .init(drawCount: 150, seed: 4))
        let bootstrap = ClassificationBootstrap(seed: 4, drawCount: 150)
        let recalls = (0..<5).map { ClassificationMetric.recall(of: $0) }
        let estimates = try bootstrap.estimates(
            of: [.accuracy, .balancedAccuracy] + recalls + [.precision(of: 0), .f1Score(of: 4)], on: scores)
        // With some twenty groups of each class every draw has all classes, so that draws are the same.
        #expect(estimates.redrawnCount == 0)
        let intervals = estimates.estimates.map { Optional($0.interval) }
        #expect(report.figures.prefix(2).map(\.interval) == Array(intervals.prefix(2)))
        #expect(report.classes.map(\.recall.interval) == Array(intervals[2..<7]))
        #expect(report.classes[0].precision.interval == intervals[7])
        #expect(report.classes[4].f1Score.interval == intervals[8])
        #expect(report.groupCount == 120 && report.classes.compactMap(\.groupCount).reduce(0, +) == 120)
    }

    /// Class 0 in four groups and always right, class 1 in one group, class 2 without samples, class 3 never decided for.
    @Test func saysWhatIsNotKnown() throws {
        let samples = try LabelledSamples(
            labels: [0, 0, 0, 0, 1, 1, 3, 3], classCount: 5, groups: ["a", "b", "c", "d", "e", "e", "f", "g"])
        let decisions = try ClassDecisions([0, 0, 0, 0, 1, 2, 1, 2], of: samples)
        let report = try ClassificationReport(decisions, options: .init(drawCount: 100))
        let rows = report.classes
        #expect(report.caveats == ["these intervals are about these 7 groups"])
        #expect(rows[0].recall.interval == Interval(wilsonScoreOf: 4, among: 4))
        #expect(rows[0].caveats[0] == "these intervals are about these 4 groups")
        #expect(rows[0].f1Score.interval == Interval(wilsonScoreOf: 4, among: 4))
        #expect(rows[1].recall.interval == nil && rows[1].f1Score.interval == nil)
        #expect(rows[1].caveats == ["all samples are of one group, so that nothing is known of others"])
        #expect(!rows[2].recall.isSupported && !rows[2].f1Score.isSupported && rows[2].precision.isSupported)
        #expect(rows[2].recall.value == 0 && rows[2].recall.interval == nil)
        #expect(rows[2].caveats == ["there are no samples, so that recall and F1 were not measured"])
        #expect(!rows[3].precision.isSupported && rows[3].precision.interval == nil)
        #expect(rows[3].recall.interval == Interval(wilsonScoreOf: 0, among: 2))
        #expect(rows[3].caveats[0] == "it was never decided for, so that precision was not measured")
        #expect(rows[3].caveats[2].hasSuffix("of 100 draws had no sample of it and were left out"))
        #expect(rows[4].caveats.count == 2)
        #expect(report.reliability == nil && report.figures.count == 3)
    }

    @Test func withoutErrorsMeansOverClassesDoNotVary() throws {
        let samples = try LabelledSamples(labels: [0, 1, 0, 1], classCount: 2)
        let report = try ClassificationReport(ClassDecisions([0, 1, 0, 1], of: samples))
        #expect(report.figures[0].interval == Interval(wilsonScoreOf: 4, among: 4))
        #expect(report.figures[1].interval == nil && report.figures[2].interval == nil)
        #expect(report.caveats.contains { $0.hasPrefix("every sample was decided rightly") })
    }

    @Test func withoutDrawsThereAreNoIntervals() throws {
        let report = try ClassificationReport(ToyClassifier().scores(seed: 1), options: .init(drawCount: 0))
        #expect(report.figures.allSatisfy { $0.interval == nil } && report.method == nil && report.caveats.isEmpty)
        #expect(report.classes.allSatisfy { $0.recall.interval == nil && $0.f1Score.interval == nil })
    }

    /// A classifier whose probabilities are right has a calibration error above 0 by chance alone, and resampling adds
    /// to it: percentiles would leave 0 out, the mirrored interval seldom does.
    @Test func calibrationErrorOfACalibratedClassifierMayBeNothing() throws {
        var held = 0
        for seed in 0..<40 {
            var generator = SplitMix64(seed: UInt64(seed))
            var labels: [Int] = []
            var values: [Float] = []
            for _ in 0..<200 {
                let logit = Double.random(in: -3...3, using: &generator)
                labels.append(Double.random(in: 0..<1, using: &generator) < 1 / (1 + exp(-logit)) ? 0 : 1)
                values += [Float(logit), 0]
            }
            let scores = try ClassScores(values, of: LabelledSamples(labels: labels, classCount: 2))
            let report = try ClassificationReport(scores, options: .init(drawCount: 100))
            let figure = try #require(report.figures.last)
            if figure.interval?.lower ?? 1 < 0.01 { held += 1 }
        }
        #expect(held > 30, "\(held) of 40")
    }

    @Test func needsANameForEveryClass() throws {
        let scores = try ToyClassifier().scores(seed: 1)
        #expect(throws: VerificationError.countMismatch(what: "names of classes", count: 1, expected: 5)) {
            try ClassificationReport(scores, classNames: ["a"])
        }
    }

    @Test func canBeWrittenAndRead() throws {
        let report = try ClassificationReport(
            ToyClassifier(groupSize: 5).scores(seed: 1), options: .init(drawCount: 20))
        #expect(try JSONDecoder().decode(ClassificationReport.self, from: JSONEncoder().encode(report)) == report)
    }
}
