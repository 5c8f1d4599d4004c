import Testing

@testable import Verification

struct ClassificationBootstrapTests {
    private let metrics: [ClassificationMetric] = [
        .accuracy, .balancedAccuracy, .macroF1, .recall(of: 1), .precision(of: 1), .f1Score(of: 1), .topAccuracy(2),
        .topAccuracy(4), .logLoss, .brierScore, .calibrationError,
    ]

    /// Draws made of copies of the samples and measured as samples are.
    @Test(arguments: [nil, 4])
    func everyDrawIsMeasuredAsItsCopiesAre(groupSize: Int?) throws {
        let scores = try ToyClassifier(groupSize: groupSize).scores(seed: 6)
        let report = try ClassificationBootstrap(seed: 3, drawCount: 15).estimates(of: metrics, on: scores)
        let unitCount = groupSize.map { 60 / $0 } ?? 60
        #expect(report.identityCount == unitCount && report.redrawnCount == 0)
        #expect(report.resampling == (groupSize == nil ? .samples : .groups))
        for draw in 0..<15 {
            var generator = SplitMix64(seed: 3, stream: UInt64(draw))
            let drawn = (0..<unitCount).map { _ in generator.next(below: unitCount) }
            let copies = drawn.flatMap { unit in (0..<60).filter { (scores.samples.groups?[$0] ?? $0) == unit } }
            let resampled = try ClassScores(
                copies.flatMap { Array(scores.row($0)) },
                of: LabelledSamples(labels: copies.map { scores.samples.labels[$0] }, classCount: 5))
            for (metric, estimate) in zip(metrics, report.estimates) {
                #expect(estimate.replicates[draw].isNear(metric(resampled)), "\(metric.name), draw \(draw)")
                #expect(estimate.name == metric.name && estimate.value == metric(scores))
            }
        }
    }

    @Test func reportsDependOnTheSeedAndNotOnTheThreads() throws {
        let scores = try ToyClassifier(groupSize: 3).scores(seed: 1)
        func report(_ seed: UInt64, threads: Int) throws -> BootstrapReport {
            try ClassificationBootstrap(seed: seed, drawCount: 40, threadCount: threads).estimates(
                of: metrics, on: scores)
        }
        let one = try report(5, threads: 1)
        #expect(try one == report(5, threads: 7))
        #expect(try one.estimates != report(6, threads: 1).estimates)
    }

    /// Decisions alone have the draws that scores have, and two systems have the same: places can be compared.
    @Test func drawsAreTheSameForAllSystems() throws {
        let scores = try ToyClassifier(groupSize: 5).scores(seed: 2)
        let bootstrap = ClassificationBootstrap(seed: 9, drawCount: 30)
        let asked: [ClassificationMetric] = [.accuracy, .recall(of: 2)]
        let first = try bootstrap.estimates(of: asked, on: scores)
        #expect(try bootstrap.estimates(of: asked, on: scores.decisions) == first)
        // A system that errs on one sample more of class 2 loses 1/n of that draw's recall per copy, never gains.
        var worse = scores.decisions.decided
        let victim = try #require(worse.indices.first { worse[$0] == 2 && scores.samples.labels[$0] == 2 })
        worse[victim] = 0
        let second = try bootstrap.estimates(of: asked, on: ClassDecisions(worse, of: scores.samples))
        for (better, worse) in zip(first.estimates, second.estimates) {
            #expect(zip(better.replicates, worse.replicates).allSatisfy { $0 >= $1 })
            #expect(better.replicates != worse.replicates)
        }
    }

    /// Three groups, one of them with class 1: without it a draw is made again, so that 8 of 27 are.
    @Test func drawsWithoutTheClassAreMadeAgain() throws {
        let samples = try LabelledSamples(labels: [0, 0, 1, 1], classCount: 2, groups: ["a", "b", "c", "c"])
        let decisions = try ClassDecisions([0, 0, 1, 0], of: samples)
        let report = try ClassificationBootstrap(seed: 4, drawCount: 3000).estimates(
            of: [.recall(of: 1), .accuracy], on: decisions)
        #expect(report.estimates[0].replicates.allSatisfy { $0 == 0.5 })
        // Redrawn: 3000 · (8/27)/(19/27) = 1263 ± 42.
        #expect(abs(report.redrawnCount - 1263) < 210)
        #expect(try ClassificationBootstrap(seed: 4).estimates(of: [.accuracy], on: decisions).redrawnCount == 0)
        #expect(report.caveat == "this interval is about these 3 groups")
    }

    @Test func refusesClassesThatNoDrawHas() throws {
        let absent = try ClassDecisions([0, 1], of: LabelledSamples(labels: [0, 1], classCount: 3))
        #expect(throws: VerificationError.empty(what: "samples of the class of recall[stop]")) {
            try ClassificationBootstrap(seed: 1).estimates(of: [.recall(of: 2, named: "stop")], on: absent)
        }
        let many = try LabelledSamples(labels: Array(0..<30), classCount: 30)
        #expect(throws: VerificationError.self) {
            try ClassificationBootstrap(seed: 1, drawCount: 2).estimates(
                of: (0..<30).map { .recall(of: $0) }, on: ClassDecisions(Array(0..<30), of: many))
        }
    }

    @Test func groupsWidenIntervals() throws {
        let toy = ToyClassifier(sampleCount: 400, groupSize: 20, sharedNoise: 0.95)
        let grouped = try toy.scores(seed: 7)
        let alone = try ClassScores(
            grouped.values, of: LabelledSamples(labels: grouped.samples.labels, classCount: 5))
        let bootstrap = ClassificationBootstrap(seed: 1, drawCount: 300)
        let wide = try bootstrap.estimates(of: [.accuracy], on: grouped).estimates[0].interval
        let narrow = try bootstrap.estimates(of: [.accuracy], on: alone).estimates[0].interval
        #expect(wide.upper - wide.lower > 1.8 * (narrow.upper - narrow.lower))
    }

    /// Tracks of one class each whose samples err together: 95 % intervals of the accuracy hold the truth about that
    /// often, which a large sample tells.
    @Test func intervalsHoldTheTruthAsOftenAsTheyClaim() throws {
        var toy = ToyClassifier(classCount: 3, sampleCount: 160, advantage: 1, groupSize: 4, sharedNoise: 0.8)
        var held = 0
        for seed in 0..<150 {
            let scores = try toy.scores(seed: UInt64(seed))
            let report = try ClassificationBootstrap(seed: UInt64(seed), drawCount: 200).estimates(
                of: [.accuracy], on: scores.decisions)
            if report.estimates[0].interval.contains(Self.trueAccuracy) { held += 1 }
        }
        // 95 % of 150 is 142.5 ± 2.7; percentile intervals of forty groups hold a little less often.
        #expect((130...150).contains(held), "\(held) of 150")
        toy.sampleCount = 20_000
        let large = ConfusionMatrix(try toy.scores(seed: 999).decisions).tally.accuracy
        #expect(large.isNear(Self.trueAccuracy, within: 0.03))
    }

    /// P(z₁ + 1 > max of two others), z standard normal: ∫ φ(x) Φ(x + 1)² dx.
    private static let trueAccuracy = 0.6337020457780795
}
