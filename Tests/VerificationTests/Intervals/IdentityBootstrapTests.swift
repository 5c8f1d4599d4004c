import Testing

@testable import Verification

@Suite struct IdentityBootstrapTests {
    private let world = ToyWorld(identityCount: 8, itemsEach: 3, noise: 0.3)

    /// The resampled trial list written out: an identity drawn k times brings k copies of each of its items, all
    /// copies are compared, and copies of one item are not.
    @Test func everyDrawIsTheListWrittenOut() throws {
        // Few distinct scores, so that ties are everywhere.
        func score(_ first: Int, _ second: Int) -> Double {
            let sameness = world.identities[first] == world.identities[second] ? 3 : 0
            return Double((7 * min(first, second) + 5 * max(first, second)) % 9 + sameness)
        }
        let trials = try ScoredTrials(TrialList(allPairsOf: world.identities)) { score($0.left, $0.right) }
        let metrics: [Metric] = [
            .equalErrorRate(.interpolated), .equalErrorRate(.meanAtClosest), .equalErrorRate(.maximumAtClosest),
            .equalErrorRate(.maximumAtClosestCorner), .areaUnderCurve, .dPrime,
            .trueAcceptRate(atFalseAcceptRate: 0.1, .atMost), .trueAcceptRate(atFalseAcceptRate: 0.1, .impostorRank),
            .trueAcceptRate(atFalseAcceptRate: 0.1, .interpolated), .trueAcceptRate(atFalseAcceptRate: 0.1, .nearest),
        ]
        let report = try IdentityBootstrap(seed: 5, drawCount: 12).estimates(of: metrics, on: trials)

        for draw in 0..<12 {
            var generator = SplitMix64(seed: 5, stream: UInt64(draw))
            let drawn = (0..<world.identityCount).map { _ in generator.next(below: world.identityCount) }
            let copies = drawn.flatMap { identity in
                world.identities.indices.filter { world.identities[$0] == identity }
            }
            var genuine: [Double] = []
            var impostor: [Double] = []
            for first in copies.indices {
                for second in copies.indices where second > first && copies[first] != copies[second] {
                    let value = score(copies[first], copies[second])
                    if world.identities[copies[first]] == world.identities[copies[second]] {
                        genuine.append(value)
                    } else {
                        impostor.append(value)
                    }
                }
            }
            let naive = NaiveMetrics(genuine: genuine, impostor: impostor)
            let expected =
                [
                    naive.equalErrorRate(.interpolated), naive.equalErrorRate(.meanAtClosest),
                    naive.equalErrorRate(.maximumAtClosest), naive.equalErrorRate(.maximumAtClosestCorner),
                    naive.areaUnderCurve, naive.dPrime,
                ] + [.atMost, .impostorRank, .interpolated, .nearest].map { naive.trueAcceptRate(0.1, $0) }
            for (estimate, value) in zip(report.estimates, expected) {
                #expect(estimate.replicates[draw].isNear(value, within: 1e-10), "\(estimate.name), draw \(draw)")
            }
        }
    }

    /// A draw sums over all scores in one pass for the metrics that ask for it; metrics of a curve with the same
    /// weights, made anew, take the long way.
    @Test func everyMetricOfADrawIsThatOfTheWeightedTrials() throws {
        let trials = try world.scored(seed: 12)
        let metrics: [Metric] = [
            .dPrime, .logLikelihoodRatioCost, .minimumLogLikelihoodRatioCost, .minimumCost(.onePercent),
            .minimumCost(.fivePercent), .areaUnderCurve,
        ]
        let report = try IdentityBootstrap(seed: 5, drawCount: 10).estimates(of: metrics, on: trials)
        for draw in 0..<10 {
            var generator = SplitMix64(seed: 5, stream: UInt64(draw))
            var counts = Array(repeating: 0.0, count: world.identityCount)
            for _ in counts { counts[generator.next(below: world.identityCount)] += 1 }
            func weights(_ side: ResampledScores) -> [Double] {
                side.scores.indices.map { counts[Int(side.left[$0])] * counts[Int(side.right[$0])] }
            }
            let curve = try ErrorRateCurve(
                Scores(genuine: trials.genuine.scores, impostor: trials.impostor.scores),
                genuineWeights: weights(trials.genuine), impostorWeights: weights(trials.impostor))
            for (metric, estimate) in zip(metrics, report.estimates) {
                #expect(estimate.replicates[draw].isNear(metric(curve), within: 1e-12), "\(metric.name), draw \(draw)")
            }
        }
    }

    @Test func reportsDependOnTheSeedAndNotOnTheThreads() throws {
        let trials = try world.scored(seed: 2)
        let metrics: [Metric] = [.equalErrorRate(.interpolated), .areaUnderCurve]
        let one = try IdentityBootstrap(seed: 3, drawCount: 50, threadCount: 1).estimates(of: metrics, on: trials)
        let many = try IdentityBootstrap(seed: 3, drawCount: 50, threadCount: 7).estimates(of: metrics, on: trials)
        let other = try IdentityBootstrap(seed: 4, drawCount: 50).estimates(of: metrics, on: trials)
        #expect(one == many)
        #expect(one.estimates != other.estimates)
    }

    /// Three identities, two items each, so 27 equally likely draws, 3 of one identity alone: those are drawn
    /// again. Of the other 24, six draw each once (weights 1 1 1), eighteen draw one twice, one once (4 + 1).
    /// Genuine weight: 3 with 1/4, 5 with 3/4. Impostor weight of 4 pairs each: 12 with 1/4, 8 with 3/4.
    @Test func drawsHaveTheirExactDistribution() throws {
        let trials = try ToyWorld(identityCount: 3, itemsEach: 2, noise: 0.3).scored(seed: 4)
        let drawCount = 6000
        let report = try IdentityBootstrap(seed: 8, drawCount: drawCount).estimates(
            of: [
                Metric(name: "genuine weight") { $0.genuineWeight },
                Metric(name: "impostor weight") { $0.impostorWeight },
            ], on: trials)
        let pairs = zip(report.estimates[0].replicates, report.estimates[1].replicates).map { [$0, $1] }
        #expect(Set(pairs) == [[3, 12], [5, 8]])
        // Standard deviations: √(6000 · 3/16) = 33.5 draws; redrawn 6000 · (1/9)/(8/9) = 750 ± 29.
        #expect(abs(pairs.count { $0 == [3, 12] } - 1500) < 168)
        #expect(abs(report.redrawnCount - 750) < 146)
        #expect(report.estimates[0].value == 3)
        #expect(report.estimates[0].interval.lower == 3)
        #expect(report.estimates[0].interval.upper == 5)
    }

    /// n draws coincide in n(n − 1)/2 pairs, each with chance 1/n and pairwise independently, and
    /// Σ w² = n + 2 · coincidences. So Σ w² has mean 2n − 1 and variance 2(n − 1)²/n: 19 and 16.2 for n = 10.
    /// Three genuine pairs per identity weigh 3 Σ w²; nine pairs between any two weigh 9 (n² − Σ w²)/2.
    @Test func weightsHaveTheMomentsOfTheMultinomial() throws {
        let trials = try ToyWorld(identityCount: 10, itemsEach: 3, noise: 0.3).scored(seed: 6)
        let drawCount = 4000
        let report = try IdentityBootstrap(seed: 9, drawCount: drawCount).estimates(
            of: [
                Metric(name: "genuine weight") { $0.genuineWeight },
                Metric(name: "impostor weight") { $0.impostorWeight },
            ], on: trials)
        let deviation = 16.2.squareRoot()
        let standardError = deviation / Double(drawCount).squareRoot()
        let genuine = moments(report.estimates[0].replicates)
        let impostor = moments(report.estimates[1].replicates)
        #expect(genuine.mean.isNear(3 * 19, within: 5 * 3 * standardError))
        #expect(impostor.mean.isNear(4.5 * 81, within: 5 * 4.5 * standardError))
        #expect((genuine.variance / 9).isNear(16.2, within: 0.15 * 16.2))
        #expect((impostor.variance / 20.25).isNear(16.2, within: 0.15 * 16.2))
        #expect(report.redrawnCount == 0)
    }

    private func moments(_ values: [Double]) -> (mean: Double, variance: Double) {
        let mean = values.reduce(0, +) / Double(values.count)
        return (mean, values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count))
    }

    /// In a world with a known false accept rate, the 95 % interval holds it about that often.
    @Test func intervalsHoldTheTruthAsOftenAsTheyClaim() throws {
        let world = ToyWorld(identityCount: 25, itemsEach: 2, noise: 0.3)
        let truth = world.falseAcceptRate(atDistance: 0.5)
        let metric = Metric(name: "FAR at -0.5") { $0.point(at: -0.5).falseAcceptRate }
        var held = 0
        for seed in 0..<150 {
            let trials = try world.scored(seed: UInt64(seed))
            let report = try IdentityBootstrap(seed: UInt64(seed), drawCount: 120).estimates(of: [metric], on: trials)
            if report.estimates[0].interval.contains(truth) { held += 1 }
        }
        // 95 % of 150 is 142.5 ± 2.7.
        #expect((132...150).contains(held), "\(held) of 150")
    }

    @Test func differencesAreTakenDrawByDraw() throws {
        let clear = try world.scored(seed: 11)
        let noisy = try world.scored(seed: 11, extraNoise: 0.5)
        let bootstrap = IdentityBootstrap(seed: 2, drawCount: 60)
        let metrics: [Metric] = [.areaUnderCurve, .equalErrorRate(.interpolated)]
        let differences = try bootstrap.differences(of: metrics, between: clear, and: noisy)
        let first = try bootstrap.estimates(of: metrics, on: clear)
        let second = try bootstrap.estimates(of: metrics, on: noisy)
        for place in metrics.indices {
            let expected = zip(first.estimates[place].replicates, second.estimates[place].replicates).map { $0 - $1 }
            #expect(differences.estimates[place].replicates == expected)
            #expect(
                differences.estimates[place].value == first.estimates[place].value - second.estimates[place].value)
        }
        #expect(differences.estimates[0].name == "AUC[ties half], first − second")
        let same = try bootstrap.differences(of: metrics, between: clear, and: clear)
        #expect(same.estimates.allSatisfy { $0.interval.lower == 0 && $0.interval.upper == 0 })
    }

    @Test func differencesNeedTheSameTrials() throws {
        let other = ToyWorld(identityCount: 8, itemsEach: 2, noise: 0.3)
        #expect(throws: VerificationError.differentTrials) {
            try IdentityBootstrap(seed: 1, drawCount: 2).differences(
                of: [.areaUnderCurve], between: world.scored(seed: 1), and: other.scored(seed: 1))
        }
    }

    @Test func fewIdentitiesAreSaidToBeFew() throws {
        let bootstrap = IdentityBootstrap(seed: 1, drawCount: 5)
        let few = try bootstrap.estimates(of: [.areaUnderCurve], on: world.scored(seed: 1))
        let many = try bootstrap.estimates(
            of: [.areaUnderCurve], on: ToyWorld(identityCount: 20, itemsEach: 2, noise: 0.3).scored(seed: 1))
        #expect(few.caveat == "this interval is about these 8 identities")
        #expect(many.caveat == nil)
        #expect(few.identityCount == 8)
        #expect(few.method == "percentile bootstrap over 8 identities, 5 draws, 0 redrawn, seed 1")
    }

    @Test func metricsWithoutAValueAreNamed() throws {
        let broken = Metric(name: "nothing") { _ in .nan }
        #expect(throws: VerificationError.undefinedMetric(name: "nothing", draw: nil)) {
            try IdentityBootstrap(seed: 1, drawCount: 2).estimates(of: [broken], on: world.scored(seed: 1))
        }
        let fragile = Metric(name: "whole list only") { $0.genuineWeight == 24 ? 1 : .nan }
        #expect(throws: VerificationError.self) {
            try IdentityBootstrap(seed: 1, drawCount: 20).estimates(of: [fragile], on: world.scored(seed: 1))
        }
    }
}
