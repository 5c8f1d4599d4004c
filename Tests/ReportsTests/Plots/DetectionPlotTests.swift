import Foundation
import Testing
import Verification

@testable import Reports

@Suite struct DetectionPlotTests {
    private func detection(_ curve: ErrorRateCurve, band: PointwiseBand? = nil) -> DetectionCurve {
        DetectionCurve(name: "system", curve: curve, look: .ofSeries(0), band: band)
    }

    private func points(_ plot: Plot, _ name: String) -> [Plot.Point] {
        plot.panels[0].series.filter { $0.name.hasPrefix(name) }.compactMap { series -> [Plot.Point]? in
            switch series.mark {
            case .line(let points), .steps(let points): points
            default: nil
            }
        }.flatMap(\.self)
    }

    @Test func detGoesThroughEveryCornerOfTheCurve() throws {
        let plot = try Plot.detectionErrorTradeOff([detection(Samples.curve())])
        // By hand: 0.3 and 0.5 are both genuine and impostor scores.
        let expected: [(Double, Double)] = [(1, 0), (0.375, 0), (0.25, 0.2), (0.125, 0.2), (0, 0.4), (0, 1)]
        let drawn = points(plot, "system")
        #expect(drawn.count == expected.count)
        for (point, rates) in zip(drawn, expected) {
            #expect(abs(point.x - rates.0) < 1e-12 && abs(point.y - rates.1) < 1e-12)
        }
    }

    @Test func detMarksTheEqualErrorRateOnItsDiagonal() throws {
        let curve = try Samples.curve(seed: 1, genuineCount: 500, impostorCount: 2000)
        let plot = Plot.detectionErrorTradeOff([detection(curve)])
        let rate = curve.equalErrorRate(.interpolated).rate
        #expect(plot.panels[0].series.contains { $0.mark == .dots([.init(rate, rate)]) })
        #expect(plot.horizontal.range == plot.panels[0].vertical.range)
        #expect(plot.horizontal.range.contains(rate) && plot.panels[0].shape == .square)
        let diagonal = points(plot, "equal rates")
        #expect(diagonal.allSatisfy { $0.x == $0.y } && diagonal.count == 2)
    }

    @Test func detSaysWhereAPerfectCurveWent() throws {
        let curve = ErrorRateCurve(try Scores(genuine: [2, 3], impostor: [0, 1]))
        let plot = Plot.detectionErrorTradeOff([detection(curve)])
        #expect(plot.notes == ["system has an EER of 0.00\u{202F}%: its curve lies beyond the corner."])
        #expect(ParsedSVG(plot.svg()).isWellFormed)
    }

    @Test func rocHasTheHighestTrueAcceptRateAtMostAtEveryRate() throws {
        let curve = try Samples.curve(seed: 3, genuineCount: 300, impostorCount: 900)
        let drawn = points(Plot.receiverOperatingCharacteristic([detection(curve)]), "system")
        for rate in [0.001, 0.01, 0.0333, 0.1, 0.25, 0.9] {
            let held = drawn.last { $0.x <= rate }
            #expect(held?.y == curve.trueAcceptRate(atFalseAcceptRate: rate, .atMost))
        }
    }

    @Test func rocShadesRatesWithoutSupport() throws {
        let plot = try Plot.receiverOperatingCharacteristic([
            detection(Samples.curve(seed: 3, genuineCount: 300, impostorCount: 900))
        ])
        #expect(plot.horizontal.range == 0.002...1)
        #expect(plot.panels[0].series[0].mark == .region(0.002...30.0 / 900))
    }

    @Test func bandIsThatOfTheBootstrap() throws {
        let labels = (0..<40).map { $0 / 4 }
        var generator = SplitMix64(seed: 5)
        let trials = try ScoredTrials(TrialList(allPairsOf: labels)) { pair in
            Double.random(in: 0...1, using: &generator) + (labels[pair.left] == labels[pair.right] ? 0.5 : 0)
        }
        let metrics = PointwiseBand.metrics(for: trials.curve)
        let rates = metrics.compactMap(\.falseAcceptRate)
        #expect(rates == rates.sorted() && rates.count == metrics.count && rates.count > 10)
        #expect(abs(rates[0] - lowestDrawnRate(impostorCount: trials.curve.impostorWeight)) < 1e-12)
        let report = try IdentityBootstrap(seed: 1, drawCount: 50).estimates(of: metrics, on: trials)
        let band = PointwiseBand(metrics, estimates: report.estimates, of: report)
        #expect(band.points.count == metrics.count + 1)
        #expect(band.points.last == .init(x: 1, lower: 1, upper: 1))
        for (point, estimate) in zip(band.points, report.estimates) {
            #expect(point.lower == estimate.interval.lower && point.upper == estimate.interval.upper)
        }
        let plot = Plot.receiverOperatingCharacteristic([detection(trials.curve, band: band)])
        #expect(plot.panels[0].series.contains { $0.mark == .band(band.points) && !$0.isInLegend })
        #expect(plot.notes == ["Band of system: 95 % at each rate by itself, \(report.method)."])
    }

    @Test(arguments: [(3000.0, 0.001), (150_000, 2e-5), (240_000, 1e-5), (5, 0.1)])
    func axesStartAtATenthOfWhatIsSupported(impostorCount: Double, rate: Double) {
        #expect(abs(lowestDrawnRate(impostorCount: impostorCount) / rate - 1) < 1e-9)
    }
}
