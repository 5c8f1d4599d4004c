import Testing
import Verification

@testable import Reports

@Suite struct TradeOffPlotTests {
    private func interval(_ lower: Double, _ upper: Double) -> Interval {
        Interval(lower: lower, upper: upper, confidence: 0.95)
    }

    private var methods: [TradeOff] {
        [
            TradeOff(
                name: "CAMRI",
                points: [
                    .init(
                        accuracy: 0.98, recall: 0.8, accuracyInterval: interval(0.97, 0.985),
                        recallInterval: interval(0.7, 0.88)),
                    .init(
                        accuracy: 0.97, recall: 0.9, accuracyInterval: interval(0.96, 0.98),
                        recallInterval: interval(0.82, 0.95)),
                ], look: .ofSeries(0)),
            TradeOff(
                name: "weighted",
                points: [
                    .init(
                        accuracy: 0.965, recall: 0.85, accuracyInterval: interval(0.95, 0.97),
                        recallInterval: interval(0.75, 0.9))
                ], look: .ofSeries(1)),
        ]
    }

    @Test func everyPointHasItsBarsAndEveryMethodItsLine() throws {
        let plot = Plot.tradeOff(
            methods, className: "stop", reference: ("softmax", .init(accuracy: 0.975, recall: 0.75)))
        let series = plot.panels[0].series
        #expect(series.map(\.name) == ["softmax", "softmax", "CAMRI", "CAMRI", "weighted", "softmax"])
        #expect(series[2].mark == .line([.init(0.98, 0.8), .init(0.97, 0.9)]) && !series[2].isInLegend)
        #expect(
            series[4].mark
                == .crosses([.init(.init(0.965, 0.85), horizontal: 0.95...0.97, vertical: 0.75...0.9)]))
        #expect(series[5].mark == .crosses([.init(.init(0.975, 0.75))]))
        // Through the reference, from end to end.
        let (accuracies, recalls) = (plot.horizontal.range, plot.panels[0].vertical.range)
        #expect(series[0].mark == .line([.init(accuracies.lowerBound, 0.75), .init(accuracies.upperBound, 0.75)]))
        #expect(series[1].mark == .line([.init(0.975, recalls.lowerBound), .init(0.975, recalls.upperBound)]))
        #expect(plot.notes == ["Bars: 95 % intervals."])
        #expect(plot.horizontal.label == "Accuracy, %" && plot.panels[0].vertical.label == "Recall of stop, %")
        let parsed = ParsedSVG(plot.svg())
        #expect(parsed.isWellFormed)
        #expect(parsed.elements.count { $0.attributes["class"]?.hasPrefix("bar") == true } == 6)
        // Three named in the legend, four points.
        #expect(parsed.elements.count { $0.name == "circle" } == 7)
    }

    @Test func axesShowAllIntervals() {
        let plot = Plot.tradeOff(methods, className: "stop")
        #expect(plot.horizontal.range.contains(0.95) && plot.horizontal.range.contains(0.985))
        #expect(plot.panels[0].vertical.range.contains(0.7) && plot.panels[0].vertical.range.contains(0.95))
        #expect(plot.horizontal.range.lowerBound > 0.94 && plot.panels[0].vertical.range.upperBound < 1)
        #expect(plot.panels[0].series.map(\.name) == ["CAMRI", "CAMRI", "weighted"])
    }

    @Test func movedDecisionsAreACurveWithoutMarks() throws {
        let samples = try LabelledSamples(labels: [1, 1, 0], classCount: 2)
        let shift = DecisionShift(try ClassScores([1, 0, 3, 0, 2, 0], of: samples), classes: [1])
        let curve = TradeOff(name: "moved", shift: shift, look: .ofSeries(2))
        let plot = Plot.tradeOff([curve], className: "stop")
        #expect(plot.panels[0].series.count == 1 && plot.panels[0].series[0].isInLegend)
        guard case .line(let points) = plot.panels[0].series[0].mark else {
            Issue.record("no line")
            return
        }
        #expect(points.map(\.y) == [0, 0.5, 0.5, 1])
        #expect(ParsedSVG(plot.svg()).isWellFormed)
    }

    @Test func aSinglePerfectPointHasAxesToo() {
        let plot = Plot.tradeOff(
            [TradeOff(name: "m", points: [.init(accuracy: 1, recall: 1)], look: .ofSeries(0))], className: "c")
        #expect(plot.horizontal.range == 0.995...1 && plot.notes.isEmpty)
        #expect(ParsedSVG(plot.svg()).isWellFormed)
    }

    @Test func tableHasPointsAndIntervals() {
        let csv = Plot.tradeOff([methods[1]], className: "stop").csv()
        #expect(
            csv == """
                measure,series,mark,x,x_end,y,y_end
                "Recall of stop, %",weighted,dot,0.965,,0.85,
                "Recall of stop, %",weighted,interval,0.95,0.97,0.85,
                "Recall of stop, %",weighted,interval,0.965,,0.75,0.9

                """)
    }
}
