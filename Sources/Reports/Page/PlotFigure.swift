/// A plot in a page, with its numbers for who wants them.
public struct PlotFigure: Sendable {
    public var plot: Plot
    /// The path without extension, relative to the page, under which the same plot lies as `.svg` and `.csv`; the
    /// page works without these files.
    public var file: String?

    public init(_ plot: Plot, file: String? = nil) {
        self.plot = plot
        self.file = file
    }

    var markup: Markup {
        let plot = plot
        let caption: [Markup] =
            [.element("strong", text: plot.title)]
            + (plot.subtitle.isEmpty ? [] : [.element("span", ["class": "of"], text: plot.subtitle)])
        return .element(
            "figure", ["class": "plot"],
            [
                .element("figcaption", [:], caption),
                .element("div", ["class": "wide"], [.drawing(plot.element(width: Layout.width))]),
                .element("div", ["class": "narrow"], [.drawing(plot.element(width: Layout.narrowWidth))]),
            ] + plot.notes.map { .element("p", ["class": "note"], text: $0) } + [
                FigureData(csv: plot.csv(), name: plot.title, file: file).markup
            ])
    }
}

/// The numbers of a figure as text that can be shown, copied and saved.
struct FigureData {
    let csv: String
    let name: String
    let file: String?

    var markup: Markup {
        // File names of what is saved: letters, digits and hyphens.
        let plain = name.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
        let saved = file?.split(separator: "/").last.map(String.init) ?? String(plain)
        let place: [Markup] = file.map { [.element("span", text: "Also in \($0).svg and .csv")] } ?? []
        func button(_ kind: String) -> Markup {
            .element(
                "button", ["type": "button", "class": "save", "data-kind": kind, "data-name": saved, "hidden": ""],
                [.text("Save \(kind.uppercased())"), .element("span", ["class": "unseen"], text: " of \(name)")])
        }
        return .element(
            "details", ["class": "data"],
            [
                .element("summary", [:], [.text("Data"), .element("span", ["class": "unseen"], text: " of \(name)")]),
                .element("p", [:], [button("csv"), button("svg")] + place),
                .element(
                    "pre", ["tabindex": "0", "role": "region", "aria-label": "\(name) as CSV"],
                    [.element("code", text: csv)]),
            ])
    }
}
