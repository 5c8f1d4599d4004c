import Foundation

@testable import Reports

/// A page as an XML parser sees it, its scripts and style sheets apart.
struct ParsedPage {
    let html: String
    let parsed: ParsedSVG

    init(_ page: Page) {
        html = page.html()
        var bare = html
        for name in ["script", "style"] {
            while let start = bare.range(of: "<\(name)>"),
                let end = bare.range(of: "</\(name)>", range: start.upperBound..<bare.endIndex)
            {
                bare.removeSubrange(start.lowerBound..<end.upperBound)
            }
        }
        parsed = ParsedSVG(bare)
    }

    func elements(_ name: String) -> [[String: String]] {
        parsed.elements.filter { $0.name == name }.map(\.attributes)
    }
}

extension Samples {
    /// A page with everything that a page can hold, in which every text is the one given.
    static func page(_ text: String = "a word") throws -> Page {
        let picture = PicturePairs.Picture(
            png: [137, 80, 78, 71], width: 4, height: 4, name: text)
        let sphere = SpherePlot(
            title: text, subtitle: text, statement: text, groups: [text, "other"],
            points: [
                .init(x: 0, y: 0, z: 1, group: 0, name: text), .init(x: 1, y: 0, z: 0, group: 1, name: text),
                .init(x: 0, y: 0, z: -1, group: 1, name: text),
            ], file: text)
        var plot = Samples.plot([.init(0, 0), .init(10, 1)], name: text, title: text)
        (plot.subtitle, plot.summary, plot.notes) = (text, text, [text])
        plot.horizontal.label = text
        let table = PageTable(
            caption: text, columns: [.init(text), .number(text), .number(text)],
            rows: [
                [
                    .text(text), .number(3, text),
                    .interval(
                        .init(value: 0.5, lower: 0.4, upper: 0.7, range: 0...1, text: text, intervalText: text)),
                ],
                [
                    .text("b"), .number(20, "20"),
                    .interval(.init(value: 0, lower: -1, upper: 1, range: -1...1, text: "0", intervalText: "[−1, 1]")),
                ],
            ], isSortable: true, notes: [text])
        return Page(
            title: text, subtitle: text, kicker: text, notices: [.init(.warning, text), .init(.note, text)],
            sections: [
                .init(
                    text, [.heading(text), .paragraph(text), .note(text), .list([text]), .facts([.init(text, text)])]),
                .init(
                    "Second",
                    [
                        .table(table), .plots([PlotFigure(plot, file: text)]),
                        .pictures(PicturePairs(caption: text, pairs: [.init(picture, picture, label: text)])),
                        .sphere(sphere), .code(text), .disclosure(text, [.paragraph(text)]),
                    ]),
            ], colophon: text)
    }
}
