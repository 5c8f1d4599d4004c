import Foundation
import Testing
import Verification

@testable import Reports

@Suite struct ConfusionPlotTests {
    private let names = ["stop", "yield", "no entry"]
    private let counts: [[Int]] = [[6, 2, 0], [1, 3, 0], [0, 0, 0]]

    private func cells(_ plot: Plot) -> [Plot.Cell] {
        plot.panels[0].series.flatMap { series -> [Plot.Cell] in
            if case .cells(let cells) = series.mark { cells } else { [] }
        }
    }

    @Test func everyCountHasItsCell() throws {
        let plot = Plot.confusion(try ConfusionMatrix(counts: counts), classNames: names)
        #expect(plot.horizontal.categories == names)
        // The first class is on top.
        #expect(plot.panels[0].vertical.categories == names.reversed())
        let found = cells(plot)
        #expect(found.map(\.count) == [6, 3, 2, 1])
        #expect(found.map(\.share) == [0.75, 0.75, 0.25, 0.25])
        #expect(found.map(\.column) == [0, 1, 1, 0] && found.map(\.row) == [2, 1, 2, 1])
        #expect(found.map(\.text) == ["6", "3", "2", "1"])
        #expect(found[2].summary == "stop taken for yield: 2 of 8, 25.00\u{202F}%")
        #expect(plot.notes.last == "Without samples: no entry.")
        #expect(plot.summary.contains("The lowest recall is that of stop, 75.00\u{202F}%."))
        #expect(plot.summary.contains("stop taken for yield, 2 times."))
    }

    @Test func rowsAndColumnsAreSortedAlike() throws {
        let matrix = try ConfusionMatrix(counts: [[9, 1, 0, 0], [1, 1, 0, 0], [0, 0, 0, 0], [0, 0, 2, 2]])
        let plot = Plot.confusion(
            matrix, classNames: ["a", "b", "c", "d"], order: .recall, text: .percentages)
        #expect(plot.horizontal.categories == ["b", "d", "a", "c"])
        #expect(plot.panels[0].vertical.categories == ["c", "a", "d", "b"])
        // a taken for b: the first column, the third row from the top.
        let cell = try #require(cells(plot).first { $0.share == 0.1 })
        #expect(cell.column == 0 && cell.row == 1 && cell.text == "10")
    }

    @Test func percentagesAreNeverRoundedToNoneOrAll() throws {
        let matrix = try ConfusionMatrix(counts: [[995, 5, 0], [25, 1975, 0], [0, 0, 7]])
        let plot = Plot.confusion(matrix, classNames: names, text: .percentages)
        #expect(cells(plot).map(\.text) == [">99", "99", "100", "<1", "1"])
    }

    @Test func cellsFillTheirPlacesAndNumbersStandOnThem() throws {
        let plot = Plot.confusion(try ConfusionMatrix(counts: counts), classNames: names)
        let parsed = ParsedSVG(plot.svg())
        #expect(parsed.isWellFormed)
        let boxes = parsed.elements.filter { $0.attributes["class"]?.hasPrefix("cell s") == true }
        // Six in the legend, then four cells.
        #expect(boxes.count == 10)
        let area = Layout(plot).panels[0].area
        let side = coordinate(area.width / 3)
        #expect(boxes.suffix(4).allSatisfy { $0.attributes["width"] == side && $0.attributes["height"] == side })
        #expect(boxes.suffix(4).map { $0.attributes["x"] } == ["0", side, side, "0"])
        #expect(boxes.suffix(4).map { $0.attributes["y"] } == ["0", side, "0", side])
        #expect(boxes.suffix(4).map { $0.attributes["fill-opacity"] } == ["0.88", "0.88", "0.56", "0.56"])
        let numbers = parsed.elements.filter { $0.attributes["class"]?.hasPrefix("middle") == true }
        #expect(numbers.map { $0.attributes["class"] } == ["middle over", "middle over", "middle", "middle"])
        #expect(parsed.texts["title"]?.contains("stop taken for yield: 2 of 8, 25.00\u{202F}%") == true)
        for name in names { #expect(parsed.texts["text"]?.count { $0 == name } == 2) }
    }

    /// Forty-three classes have all their names, smaller and upright, and no numbers.
    @Test func manyClassesKeepTheirNames() throws {
        let rows = (0..<43).map { row in (0..<43).map { $0 == row ? 90 : $0 == (row * 7 + 1) % 43 ? 5 : 0 } }
        let names = (0..<43).map { "sign number \($0)" }
        let plot = Plot.confusion(try ConfusionMatrix(counts: rows), classNames: names)
        let frame = Layout(plot).panels[0]
        #expect(frame.isUpright && frame.horizontalSize < Layout.smallSize && frame.horizontalSize > 7)
        let parsed = ParsedSVG(plot.svg())
        #expect(parsed.isWellFormed)
        for name in names { #expect(parsed.texts["text"]?.count { $0 == name } == 2) }
        #expect(parsed.texts["text"]?.contains("90") == false)
        #expect(parsed.values(of: "transform").count == 43)
    }

    /// Where not even the smallest names fit, some are left out, evenly.
    @Test func hundredsOfNamesAreThinnedOut() {
        let axis = Plot.Axis(label: "", categories: (0..<200).map { "c\($0)" })
        let labels = axis.ticks(length: 400, spacing: 1).compactMap(\.label)
        #expect(labels.prefix(2) == ["c0", "c4"] && labels.count == 50)
        #expect(axis.labelSize(length: 400) == 7)
    }

    @Test func tableHasNamesSharesAndCounts() throws {
        let csv = Plot.confusion(try ConfusionMatrix(counts: counts), classNames: names).csv()
        #expect(
            csv == """
                measure,series,mark,x,x_end,y,y_end,share,count
                Samples of,right,cell,stop,,stop,,0.75,6
                Samples of,right,cell,yield,,yield,,0.75,3
                Samples of,taken for another class,cell,yield,,stop,,0.25,2
                Samples of,taken for another class,cell,stop,,yield,,0.25,1

                """)
    }

    @Test func oneClassIsAPlotToo() throws {
        let plot = Plot.confusion(try ConfusionMatrix(counts: [[3]]), classNames: ["only"])
        #expect(ParsedSVG(plot.svg()).isWellFormed && plot.summary.contains("100.00\u{202F}% decided rightly"))
    }
}
