import Reports
import Testing

@Suite struct PlanePlotTests {
    private let points = [Plot.Point(1, 0), .init(2, 0.5), .init(-3, 1), .init(0, -2)]

    @Test func classesAreSeriesAndWeightsAreLinesFromTheOrigin() {
        let plot = Plot.plane(
            points, classOf: [0, 0, 1, 2], classNames: ["a", "b", "c", "none"],
            directions: [.init(1, 0), .init(-0.1, 0), .init(0, 0), .init(0, 5)], title: "Features")
        let panel = plot.panels[0]
        #expect(panel.series.map(\.name) == ["a", "b", "c", "weights of a", "weights of b", "weights of none"])
        #expect(plot.horizontal.range == panel.vertical.range && plot.horizontal.range.contains(-3))
        guard case .line(let line) = panel.series[4].mark else {
            Issue.record("no line")
            return
        }
        // However long the weights are, their direction reaches the edge.
        #expect(line == [.init(0, 0), .init(-plot.horizontal.range.upperBound, 0)])
        #expect(plot.csv().contains("a") && plot.svg().contains("<circle"))
    }

    @Test func moreClassesThanColoursDifferInShape() {
        let names = (0..<10).map { "class \($0)" }
        let plot = Plot.plane(
            (0..<10).map { Plot.Point(Double($0), 1) }, classOf: Array(0..<10), classNames: names, title: "Features")
        #expect(Set(plot.panels[0].series.map(\.look)).count == 10)
        let dots = plot.svg().components(separatedBy: "<path class=\"dot").count - 1
        // In the legend and in the plot.
        #expect(dots >= 3)
    }
}
