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
        (0.0, "0"), (-0.001, "0"), (12.0, "12"), (0.5, "0.5"), (0.05, "0.05"), (-3.066, "-3.07"), (100.996, "101"),
        (-0.3, "-0.3"),
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
        <rect class="paper" width="520" height="289"/>
        <text class="title" x="16" y="31">Title</text>
        <path class="line s0" d="M16 52.5H38"/>
        <text x="45" y="57">line</text>
        <path class="rule" d="M45.2 213H504M45.2 163H504M45.2 113H504"/>
        <svg x="43.7" y="111.5" width="461.8" height="103" viewBox="-1.5 -1.5 461.8 103">
        <path class="line s0" d="M0 100L229.4 50L458.8 100"/>
        </svg>
        <path class="axis" d="M45.2 213H504M45.2 213V218M136.96 213V218M228.72 213V218M320.48 213V218M412.24 213V218M504 213V218"/>
        <path class="marker" d="M274.6 98V213"/>
        <text class="small" x="279.6" y="107">peak</text>
        <text class="small" x="16" y="86">y</text>
        <text class="small end" x="37.2" y="217">0.0</text>
        <text class="small end" x="37.2" y="167">0.5</text>
        <text class="small end" x="37.2" y="117">1.0</text>
        <text class="small middle" x="45.2" y="232">0</text>
        <text class="small middle" x="136.96" y="232">2</text>
        <text class="small middle" x="228.72" y="232">4</text>
        <text class="small middle" x="320.48" y="232">6</text>
        <text class="small middle" x="412.24" y="232">8</text>
        <text class="small middle" x="504" y="232">10</text>
        <text class="small end" x="504" y="253">x</text>
        <text class="small" x="16" y="273">A note.</text>
        </svg>

        """
}
