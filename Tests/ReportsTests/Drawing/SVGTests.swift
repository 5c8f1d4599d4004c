import Foundation
import Testing

@testable import Reports

@Suite struct SVGTests {
    @Test func isWellFormedWhateverNamesHold() {
        let nasty = "a < b & \"c\" > 'd' ]]> \u{0} \u{7} — 面"
        let parsed = ParsedSVG(Samples.plot([.init(0, 0), .init(10, 1)], name: nasty, title: nasty).svg())
        #expect(parsed.isWellFormed)
        #expect(parsed.texts["title"]?.first == "a < b & \"c\" > 'd' ]]> \u{FFFD} \u{FFFD} — 面")
    }

    @Test func isAnImageWithTitleAndDescriptionAndWithoutScripts() throws {
        var plot = Samples.plot([.init(0, 0), .init(10, 1)])
        plot.subtitle = "of something"
        plot.summary = "Rises from 0 to 1."
        let parsed = ParsedSVG(plot.svg())
        #expect(parsed.elements[0].attributes["role"] == "img")
        #expect(parsed.elements[1].name == "title" && parsed.elements[2].name == "desc")
        #expect(parsed.texts["title"] == ["Title – of something"])
        #expect(parsed.texts["desc"] == ["Rises from 0 to 1."])
        #expect(!parsed.elements.contains { $0.name == "script" })
        // Without ids, several plots can stand in one page.
        #expect(parsed.values(of: "id").isEmpty)
        let style = try #require(parsed.texts["style"]?.first)
        #expect(style.contains("prefers-color-scheme:dark") && style.contains("tabular-nums"))
    }

    @Test func numbersHaveTwoDecimalsAtMost() throws {
        let plot = Samples.plot((0...50).map { .init(Double($0) / 7, Double($0 % 7) / 6.7) })
        let long = try Regex(#"\.\d{3,}"#)
        let parsed = ParsedSVG(plot.svg())
        for (_, attributes) in parsed.elements {
            #expect(attributes.values.allSatisfy { $0.firstMatch(of: long) == nil })
        }
    }

    @Test(arguments: [
        (0.0, "0"), (-0.001, "0"), (12.0, "12"), (0.5, "0.5"), (0.05, "0.05"), (-3.066, "-3.07"), (100.996, "101"), (-0.3, "-0.3"),
    ])
    func coordinatesAreShort(value: Double, text: String) {
        #expect(coordinate(value) == text)
    }

    @Test func pathsUseTheShortestCommand() {
        let points = [(0.0, 0.0), (5, 0), (5, 7), (5.001, 7.001), (6, 8)].map { Plot.Point($0.0, $0.1) }
        #expect(PathText(points, isClosed: true).text == "M0 0H5V7L6 8Z")
    }

    /// A small plot, line by line after its style sheet.
    @Test func drawsThis() throws {
        var plot = Samples.plot([.init(0, 0), .init(5, 0.5), .init(10, 0)])
        plot.panels[0].markers = [.init(at: 5, label: "peak")]
        plot.panels[0].shape = .high(100)
        plot.notes = ["A note."]
        let svg = plot.svg()
        let body = try #require(svg.components(separatedBy: "</style>\n").last)
        #expect(body == drawing)
        #expect(plot.svg() == svg)
    }

    private let drawing = """
        SNAPSHOT
        """
}
