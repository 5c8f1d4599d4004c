import Foundation
import Testing
import Verification

@testable import Reports

@Suite struct ReliabilityPlotTests {
    /// Four samples said to be right with probability 3/4, one of them wrong, and one with 1/2.
    private func curve() throws -> ReliabilityCurve {
        let logit = Float(log(3.0))
        return try ClassScores(
            [logit, 0, logit, 0, logit, 0, logit, 0, 0, 0],
            of: LabelledSamples(labels: [0, 0, 0, 1, 0], classCount: 2)
        ).reliability(binCount: 10)
    }

    @Test func pointsAreTheBinsThatHaveSamples() throws {
        let curve = try curve()
        let plot = Plot.reliability([.init(name: "net", curve: curve, look: .ofSeries(0))])
        let series = plot.panels[0].series
        #expect(series.map(\.name) == ["right as often as said", "net", "net, ECE 10.00\u{202F}%"])
        guard case .crosses(let crosses) = series[2].mark else {
            Issue.record("no points")
            return
        }
        #expect(crosses.map(\.point.y) == [1, 0.75])
        #expect(crosses[0].point.x == 0.5 && abs(crosses[1].point.x - 0.75) < 1e-7)
        let interval = Interval(wilsonScoreOf: 3, among: 4)
        #expect(crosses[1].vertical == interval.lower...interval.upper && crosses[1].horizontal == nil)
        guard case .histogram(let bins) = plot.panels[1].series[0].mark else {
            Issue.record("no shares")
            return
        }
        #expect(bins.count == 10 && bins[4].height == 0.2 && bins[7].height == 0.8)
        #expect(ParsedSVG(plot.svg()).isWellFormed)
        #expect(plot.summary.contains("net: expected calibration error 10.00\u{202F}%, 10 bins, 5 samples"))
    }

    @Test func severalCurvesStandBesideEachOther() throws {
        let plot = Plot.reliability([
            .init(name: "before", curve: try curve(), look: .ofSeries(0)),
            .init(name: "after", curve: try curve(), look: .ofSeries(1)),
        ])
        #expect(plot.panels[1].series.map(\.name) == ["before", "after"])
        #expect(plot.panels[0].series.filter(\.isInLegend).count == 3)
    }
}
