import Foundation
import Testing

@testable import Verification

struct ClassScoresTests {
    @Test func theLowestOfTiedClassesIsDecidedFor() throws {
        let samples = try LabelledSamples(labels: [0, 1, 2, 2], classCount: 3)
        let scores = try ClassScores([1, 1, 0, 0, 2, 2, 5, 5, 5, -1, -1, -3], of: samples)
        #expect(scores.decisions.decided == [0, 1, 0, 0])
        // Places of the own class: first; first; third, after two that tie; third.
        let accuracies: [Double] = [0.5, 0.5, 1]
        #expect((1...3).map(scores.topAccuracy) == accuracies)
        #expect(scores.topAccuracy(1) == ConfusionMatrix(scores.decisions).tally.accuracy)
    }

    /// The definition, on scores of which most tie: the place of the own class in a stable sort.
    @Test func topAccuracyFollowsAStableSort() throws {
        for seed in 0..<10 {
            let scores = try ToyClassifier(step: 1).scores(seed: UInt64(seed))
            for top in 1...5 {
                let hits = scores.samples.labels.indices.count { sample in
                    let row = Array(scores.row(sample))
                    let order = row.indices.sorted { (-row[$0], $0) < (-row[$1], $1) }
                    return order.prefix(top).contains(scores.samples.labels[sample])
                }
                #expect(scores.topAccuracy(top) == Double(hits) / 60)
            }
        }
    }

    @Test func probabilitiesByHand() throws {
        // softmax(ln 3, 0) = (3/4, 1/4); the second sample is wrong with the same certainty.
        let samples = try LabelledSamples(labels: [0, 1], classCount: 2)
        let scores = try ClassScores([Float(log(3.0)), 0, Float(log(3.0)), 0], of: samples)
        let logLoss: Double = (log(4.0 / 3) + log(4.0)) / 2
        let brierScore: Double = (2.0 / 16 + 18.0 / 16) / 2
        #expect(scores.logLoss.isNear(logLoss, within: 1e-7))
        #expect(scores.brierScore.isNear(brierScore, within: 1e-7))
        // One bin holds both: half are right, and three quarters were said.
        #expect(scores.reliability().expectedCalibrationError.isNear(0.25, within: 1e-7))
        #expect(scores.reliability().bins.count { $0.sampleCount == 2 } == 1)
    }

    @Test func largeScoresDoNotOverflow() throws {
        let samples = try LabelledSamples(labels: [0, 1, 1], classCount: 2)
        let scores = try ClassScores([3e38, -3e38, 1000, 0, 5, 5], of: samples)
        let logLoss: Double = (1000 + log(2.0)) / 3
        #expect(scores.logLoss.isNear(logLoss, within: 1e-9))
        #expect(scores.brierScore.isNear(2.5 / 3))
        #expect(scores.topAccuracy(1) == 1.0 / 3)
    }

    @Test func allTiesSayNothing() throws {
        let samples = try LabelledSamples(labels: [0, 1, 2, 3], classCount: 4)
        let scores = try ClassScores(Array(repeating: 2.5, count: 16), of: samples)
        #expect(ConfusionMatrix(scores.decisions).tally.accuracy == 0.25)
        #expect(scores.logLoss.isNear(log(4)))
        #expect(scores.brierScore.isNear(0.75))
        #expect(scores.reliability().expectedCalibrationError == 0)
    }

    @Test func oneClassIsCertain() throws {
        let scores = try ClassScores([0.3, -7], of: LabelledSamples(labels: [0, 0], classCount: 1))
        #expect(scores.decisions.decided == [0, 0])
        #expect(scores.logLoss == 0 && scores.brierScore == 0 && scores.topAccuracy(1) == 1)
        #expect(scores.reliability().expectedCalibrationError == 0)
    }

    @Test(arguments: [Float.nan, .infinity, -.infinity])
    func scoresThatAreNoNumbersAreNamed(value: Float) throws {
        let samples = try LabelledSamples(labels: [0, 1, 2], classCount: 3)
        let error = VerificationError.nonFiniteClassScore(sample: 1, scoredClass: 2, value: "\(value)")
        #expect(throws: error) { try ClassScores([0, 0, 0, 0, 0, value, 0, 0, 0], of: samples) }
        #expect(error.description.contains("sample 1 for class 2"))
    }

    @Test func refusesWhatDoesNotFit() throws {
        #expect(throws: VerificationError.empty(what: "samples")) { try LabelledSamples(labels: [], classCount: 2) }
        #expect(throws: VerificationError.empty(what: "classes")) { try LabelledSamples(labels: [0], classCount: 0) }
        #expect(throws: VerificationError.notAClass(what: "label", sample: 1, value: 2, classCount: 2)) {
            try LabelledSamples(labels: [0, 2], classCount: 2)
        }
        #expect(throws: VerificationError.countMismatch(what: "groups of samples", count: 1, expected: 2)) {
            try LabelledSamples(labels: [0, 1], classCount: 2, groups: ["a"])
        }
        let samples = try LabelledSamples(labels: [0, 1], classCount: 2)
        #expect(throws: VerificationError.countMismatch(what: "scores of classes", count: 3, expected: 4)) {
            try ClassScores([0, 0, 0], of: samples)
        }
        #expect(throws: VerificationError.notAClass(what: "decision", sample: 0, value: -1, classCount: 2)) {
            try ClassDecisions([-1, 0], of: samples)
        }
        #expect(throws: VerificationError.countMismatch(what: "decisions", count: 1, expected: 2)) {
            try ClassDecisions([0], of: samples)
        }
    }

    @Test func groupsAreNumberedAsTheyAppear() throws {
        let samples = try LabelledSamples(labels: [0, 1, 1, 0], classCount: 3, groups: ["b", "a", "b", "c"])
        #expect(samples.groups == [0, 1, 0, 2] && samples.groupCount == 3)
        #expect(samples.unitCounts(byClass: samples.labels) == [2, 2, 0])
    }

    /// The order of samples, one more for all classes, and samples that count twice change nothing.
    @Test func invariances() throws {
        let scores = try ToyClassifier().scores(seed: 9)
        let labels = scores.samples.labels
        func numbers(_ order: [Int], shift: Float = 0) throws -> [Double] {
            let other = try ClassScores(
                order.flatMap { scores.row($0).map { $0 + shift } },
                of: LabelledSamples(labels: order.map { labels[$0] }, classCount: 5))
            return [
                other.topAccuracy(2), other.logLoss, other.brierScore, other.reliability().expectedCalibrationError,
            ]
        }
        let straight = try numbers(Array(labels.indices))
        for other in [
            try numbers(labels.indices.reversed()), try numbers(Array(labels.indices) + labels.indices),
            try numbers(Array(labels.indices), shift: 8),
        ] {
            for (first, second) in zip(straight, other) { #expect(first.isNear(second, within: 1e-6)) }
        }
    }

    /// Sums over samples, each compared with every bin's edges.
    @Test(arguments: [1, 2, 10, 15, 40])
    func calibrationErrorByDefinition(binCount: Int) throws {
        for seed in 0..<5 {
            let scores = try ToyClassifier(step: 0.5).scores(seed: UInt64(seed))
            let confidences = scores.probabilities.map(\.highest)
            let hits = zip(scores.decisions.decided, scores.samples.labels).map { $0 == $1 }
            var error = 0.0
            for bin in 0..<binCount {
                let (lower, upper) = (Double(bin) / Double(binCount), Double(bin + 1) / Double(binCount))
                let inside = confidences.indices.filter { confidences[$0] > lower && confidences[$0] <= upper }
                guard !inside.isEmpty else { continue }
                let accuracy = Double(inside.count { hits[$0] }) / Double(inside.count)
                let confidence = inside.reduce(0) { $0 + confidences[$1] } / Double(inside.count)
                error += Double(inside.count) / 60 * abs(accuracy - confidence)
            }
            let curve = scores.reliability(binCount: binCount)
            #expect(curve.expectedCalibrationError.isNear(error, within: 1e-13))
            #expect(curve.bins.reduce(0) { $0 + $1.sampleCount } == 60)
        }
    }

    /// Every edge belongs to the bin below it, and a number just above to the next.
    @Test(arguments: [3, 7, 10, 15, 100])
    func binsHoldTheirUpperEdges(binCount: Int) {
        for edge in 1...binCount {
            let value = Double(edge) / Double(binCount)
            #expect(ReliabilityCurve.bin(of: value, binCount: binCount) == edge - 1)
            if edge < binCount { #expect(ReliabilityCurve.bin(of: value.nextUp, binCount: binCount) == edge) }
        }
    }

    @Test func sumsInPairsAreSums() {
        for count in [0, 1, 7, 8, 9, 127, 128, 129, 200, 1000, 1031] {
            let values = (0..<count).map { Double($0 * $0 % 97) }
            #expect(pairwiseSum(values) == values.reduce(0, +))
        }
    }
}
