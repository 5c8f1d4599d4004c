import Testing
import Verification

@testable import Reports

@Suite struct ScoreHistogramTests {
    private func bins(_ plot: Plot, _ name: String) -> [Plot.Bin] {
        for series in plot.panels[0].series where series.name == name {
            if case .histogram(let bins) = series.mark { return bins }
        }
        return []
    }

    @Test func sharesAreCountedByHand() throws {
        let plot = try Plot.scoreHistogram(of: Samples.curve())
        let genuine = bins(plot, "genuine")
        let impostor = bins(plot, "impostor")
        // From −0.2 to 0.9 in bins of 0.2, lower edges included.
        #expect(genuine.map(\.lower) == [-0.2, 0, 0.2, 0.4, 0.6, 0.8])
        #expect(genuine.map(\.lower) == impostor.map(\.lower))
        for (bin, count) in zip(genuine, [0.0, 0, 1, 1, 1, 2]) { #expect(abs(bin.height - count / 5) < 1e-12) }
        for (bin, count) in zip(impostor, [1.0, 3, 2, 2, 0, 0]) { #expect(abs(bin.height - count / 8) < 1e-12) }
    }

    @Test(arguments: [1, 30, 4000], [1, 50, 20_000])
    func everyTrialIsInABin(genuineCount: Int, impostorCount: Int) throws {
        let plot = Plot.scoreHistogram(
            of: try Samples.curve(seed: 9, genuineCount: genuineCount, impostorCount: impostorCount))
        for name in ["genuine", "impostor"] {
            let shown = bins(plot, name)
            #expect(abs(shown.reduce(0) { $0 + $1.height } - 1) < 1e-9)
            #expect(shown.allSatisfy { $0.height <= plot.panels[0].vertical.range.upperBound })
            #expect(shown.count <= 82)
        }
    }

    @Test(arguments: [0.0, 1, -1e9, 1e-300])
    func equalScoresHaveABinToo(score: Double) throws {
        let curve = ErrorRateCurve(try Scores(genuine: [score], impostor: [score]))
        let plot = Plot.scoreHistogram(of: curve)
        #expect(bins(plot, "genuine").reduce(0) { $0 + $1.height } == 1)
        #expect(ParsedSVG(plot.svg()).isWellFormed)
    }

    @Test func namesTrialsAndThreshold() throws {
        let plot = try Plot.scoreHistogram(
            of: Samples.curve(), markers: [.init(at: 0.4, label: "threshold")], subtitle: "model")
        #expect(plot.subtitle == "model: 5 genuine and 8 impostor trials")
        let parsed = ParsedSVG(plot.svg())
        #expect(parsed.texts["text"]?.contains("threshold") == true)
        #expect(parsed.texts["desc"]?.first?.contains("Line at 0.40: threshold.") == true)
    }
}
