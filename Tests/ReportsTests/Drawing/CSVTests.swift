import Testing

@testable import Reports

@Suite struct CSVTests {
    @Test func everyMarkHasItsRows() {
        let look = Plot.Look.ofSeries(0)
        let plot = Plot(
            title: "t", horizontal: .init(label: "x", range: 0...4),
            panels: [
                .init(
                    vertical: .init(label: "height, %", range: 0...1),
                    series: [
                        .init(name: "a \"line\"", mark: .line([.init(0, 0.25), .init(4, 1)]), look: look),
                        .init(name: "dots", mark: .dots([.init(1, 0.1)]), look: look),
                        .init(
                            name: "band",
                            mark: .band([.init(x: 0, lower: 0.1, upper: 0.2), .init(x: 4, lower: 0.3, upper: 0.4)]),
                            look: look),
                        .init(name: "bars", mark: .histogram([.init(lower: 0, upper: 2, height: 0.5)]), look: look),
                        .init(name: "part", mark: .region(1...2), look: look),
                    ], markers: [.init(at: 3, label: "here")])
            ])
        #expect(
            plot.csv() == """
                measure,series,mark,x,x_end,y,y_end
                "height, %","a ""line""\",line,0.0,,0.25,
                "height, %","a ""line""\",line,4.0,,1.0,
                "height, %",dots,dot,1.0,,0.1,
                "height, %",band,band,0.0,,0.1,0.2
                "height, %",band,band,4.0,,0.3,0.4
                "height, %",bars,bar,0.0,2.0,0.5,
                "height, %",part,region,1.0,2.0,,
                "height, %",here,marker,3.0,,,

                """)
    }

    @Test func holdsThePointsThatAreDrawn() {
        let plot = Samples.plot((0...1000).map { .init(Double($0) / 100, Double($0) / 1000) })
        #expect(plot.csv() == "measure,series,mark,x,x_end,y,y_end\ny,line,line,0.0,,0.0,\ny,line,line,10.0,,1.0,\n")
    }

    @Test func stepsAreTheCornersOfTheirLine() {
        #expect(
            Plot.corners(ofSteps: [.init(0, 1), .init(2, 1), .init(3, 4), .init(3, 5)])
                == [.init(0, 1), .init(2, 1), .init(3, 1), .init(3, 4), .init(3, 5)])
    }
}
