import Foundation
import Testing
import Verification

@testable import Reports

@Suite struct PageTests {
    @Test(arguments: [
        "<script>window.owned=1</script>", "\"><img src=x onerror=\"window.owned=1\">",
        "a & b < c > d ' \" \u{0}\u{1B}",
        "</style></title><b>", "]]> --> <!--",
    ])
    func whateverNamesHoldStaysText(_ hostile: String) throws {
        let page = ParsedPage(try Samples.page(hostile))
        #expect(page.parsed.isWellFormed)
        #expect(!page.html.contains(hostile))
        // Elements and attributes are those of the same page with a harmless text.
        let harmless = ParsedPage(try Samples.page())
        func shape(_ page: ParsedPage) -> [String] {
            page.parsed.elements.map { "\($0.name) \($0.attributes.keys.sorted())" }
        }
        #expect(shape(page) == shape(harmless))
        // It can be read as it was meant, characters that XML does not know apart.
        let shown = String(
            hostile.unicodeScalars.map { $0.value < 32 ? Character("\u{FFFD}") : Character($0) })
        #expect(page.parsed.texts["h1"] == [shown] && page.parsed.texts["caption"] == [shown])
    }

    @Test func nothingComesFromElsewhere() throws {
        let page = ParsedPage(try Samples.page())
        let links = ["src", "href", "srcset", "action", "data", "poster"].flatMap { page.parsed.values(of: $0) }
        #expect(!links.isEmpty && links.allSatisfy { $0.hasPrefix("#") || $0.hasPrefix("data:") })
        #expect(page.elements("link").isEmpty && page.elements("iframe").isEmpty)
        #expect(page.elements("meta").contains { $0["content"]?.hasPrefix("default-src 'none'") == true })
        // The only addresses are the names of XML's vocabularies.
        let addresses = page.html.components(separatedBy: "http").dropFirst().map { $0.prefix(30) }
        #expect(addresses.allSatisfy { $0.hasPrefix("://www.w3.org/2000/svg") || $0.hasPrefix("-equiv") })
        #expect(!page.html.contains("@import") && !page.html.contains("url("))
    }

    @Test func thoseWhoListenAreToldEverything() throws {
        let page = ParsedPage(try Samples.page())
        #expect(page.parsed.isWellFormed)
        #expect(page.elements("html").first?["lang"] == "en" && page.elements("h1").count == 1)
        #expect(!page.elements("img").isEmpty && page.elements("img").allSatisfy { $0["alt"]?.isEmpty == false })
        // Every drawing names itself; nested ones are parts of one that does.
        let drawings = page.elements("svg").filter { $0["viewBox"] != nil && $0["x"] == nil }
        #expect(drawings.count == page.html.components(separatedBy: "<title>").count - 1 - 1 - 3)
        for table in page.html.components(separatedBy: "<table").dropFirst() {
            #expect(table.contains("<caption>") && table.contains("<thead>"))
        }
        #expect(page.elements("th").allSatisfy { ["row", "col"].contains($0["scope"]) })
        #expect(page.elements("section").allSatisfy { $0["aria-labelledby"] != nil })
        let identifiers = page.parsed.values(of: "id")
        #expect(Set(identifiers).count == identifiers.count)
        for target in page.parsed.values(of: "href") + page.parsed.values(of: "aria-labelledby").map({ "#" + $0 }) {
            #expect(identifiers.contains(String(target.dropFirst())))
        }
        // Whatever scrolls can be reached with the keyboard.
        #expect(page.elements("pre").allSatisfy { $0["tabindex"] == "0" })
    }

    @Test func figuresCarryTheirNumbers() throws {
        let plot = Samples.plot([.init(0, 0), .init(10, 1)])
        let page = Page(title: "t", sections: [.init("s", [.plots([PlotFigure(plot, file: "plots/one")])])])
        let parsed = ParsedPage(page)
        #expect(parsed.parsed.texts["code"] == [plot.csv()])
        #expect(parsed.parsed.values(of: "data-name") == ["one", "one"])
        #expect(parsed.html.contains("Also in plots/one.svg and .csv"))
        // Once for wide and once for narrow screens, without the title, which is the caption.
        #expect(parsed.elements("svg").compactMap { $0["class"] } == ["margin-plot", "margin-plot"])
        #expect(parsed.elements("svg").compactMap { $0["class"] == nil ? nil : $0["width"] } == ["520", "340"])
        #expect(parsed.parsed.texts["strong"] == ["Title"] && parsed.parsed.texts["text"]?.contains("Title") == false)
    }

    @Test func aHundredThousandTrialsStaySmall() throws {
        let curve = try Samples.curve(seed: 3, genuineCount: 20_000, impostorCount: 80_000)
        let metrics = PointwiseBand.metrics(for: curve)
        let band = PointwiseBand(
            points: metrics.compactMap(\.falseAcceptRate).map { .init(x: $0, lower: 0.3, upper: 0.9) }, method: "drawn")
        let curves = [DetectionCurve(name: "a", curve: curve, look: .ofSeries(0), band: band)]
        let angles = (0..<5000).map { Double($0 % 180) * .pi / 180 }
        var history = TrainingHistory()
        for step in 1...20_000 {
            history.append(
                .init(step: step, epoch: 1, loss: Double(step * 7919 % 1000) / 100 + 1, targetAngle: 1))
        }
        let plots = [
            .scoreHistogram(of: curve), .detectionErrorTradeOff(curves), .receiverOperatingCharacteristic(curves),
            .angleHistogram(own: angles, nearest: angles), Plot.training(history), Plot.targetAngle(history),
        ].compactMap { $0 }
        #expect(plots.count == 6)
        let points = (0..<700).map { place -> SpherePlot.Point in
            let angle = Double(place)
            return .init(
                x: cos(angle), y: sin(angle), z: 0, group: place % 28, name: "people/person\(place)/picture.jpg")
        }
        let sphere = SpherePlot(title: "s", statement: "", groups: (0..<28).map { "person\($0)" }, points: points)
        let page = Page(
            title: "t", sections: [.init("s", [.plots(plots.map { PlotFigure($0) }), .sphere(sphere)])])
        // Two sets of 32 pictures of 80 × 80 in colour add 1.7 MB at most, encoded.
        #expect(page.html().utf8.count < 3_300_000)
    }

    @Test func equalPagesGiveEqualText() throws {
        #expect(try Samples.page().html() == Samples.page().html())
    }

    @Test func intervalsAreDrawnOverTheirRange() throws {
        let html = try Samples.page().html()
        #expect(html.contains("left:40%;width:30%") && html.contains("left:50%"))
        // Around zero the zero is marked.
        #expect(html.contains(#"<i class="zero" style="left:50%">"#))
    }
}
