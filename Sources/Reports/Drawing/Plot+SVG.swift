extension Plot {
    /// The plot as an SVG document.
    ///
    /// Light or dark as the reader's system is, in the reader's own typeface; with a title and a description for
    /// those who listen; without scripts. Equal plots give equal text. A curve keeps as many points as can be
    /// seen, some thousands at most, however many it has.
    public func svg() -> String {
        let layout = Layout(self)
        let style = SVGElement("style", text: Theme.css(for: Set(panels.flatMap(\.series).map(\.look.color))))
        let paper = SVGElement(
            "rect", ["class": "paper", "width": coordinate(layout.width), "height": coordinate(layout.height)])
        return root(layout, [style, paper] + drawing(layout)).lines.joined(separator: "\n") + "\n"
    }

    /// The plot as an element of a page, which sets title and notes beside it and brings the style sheet.
    func element(width: Double) -> SVGElement {
        var bare = self
        (bare.title, bare.subtitle, bare.notes) = ("", "", [])
        let layout = Layout(bare, width: width)
        return root(layout, bare.drawing(layout))
    }

    private func root(_ layout: Layout, _ content: [SVGElement]) -> SVGElement {
        let (width, height) = (coordinate(layout.width), coordinate(layout.height))
        return SVGElement(
            "svg",
            [
                "xmlns": "http://www.w3.org/2000/svg", "class": "margin-plot", "role": "img", "width": width,
                "height": height, "viewBox": "0 0 \(width) \(height)",
            ],
            elements: [
                SVGElement("title", text: [title, subtitle].filter { !$0.isEmpty }.joined(separator: " – ")),
                SVGElement("desc", text: summary.isEmpty ? title : summary),
            ] + content)
    }

    private func drawing(_ layout: Layout) -> [SVGElement] {
        lines(layout.titleLines, "title") + lines(layout.subtitleLines, "small")
            + layout.legend.entries.flatMap(layout.legend.elements)
            + zip(thinned(layout).panels, layout.panels).flatMap {
                PanelDrawing($0, frame: $1, horizontal: horizontal).elements
            }
            + [horizontalLabel(layout)] + lines(layout.noteLines, "small")
    }

    private func lines(_ lines: [Layout.Line], _ style: String) -> [SVGElement] {
        lines.map {
            SVGElement(
                "text", ["class": style, "x": coordinate(Layout.margin), "y": coordinate($0.baseline)], text: $0.text)
        }
    }

    private func horizontalLabel(_ layout: Layout) -> SVGElement {
        SVGElement(
            "text",
            [
                "class": "small end", "x": coordinate(layout.panels[0].area.right),
                "y": coordinate(layout.horizontalLabelBaseline),
            ], text: horizontal.label)
    }
}
