extension Plot {
    /// The plot as an SVG document.
    ///
    /// Light or dark as the reader's system is, in the reader's own typeface; with a title and a description for
    /// those who listen; without scripts. Equal plots give equal text. A curve keeps as many points as can be
    /// seen, some thousands at most, however many it has.
    public func svg() -> String {
        let layout = Layout(self)
        let plot = thinned(layout)
        let height = coordinate(layout.height)
        let width = coordinate(Layout.width)
        let root = SVGElement(
            "svg",
            [
                "xmlns": "http://www.w3.org/2000/svg", "class": "margin-plot", "role": "img", "width": width,
                "height": height, "viewBox": "0 0 \(width) \(height)",
            ],
            elements: [
                SVGElement("title", text: [title, subtitle].filter { !$0.isEmpty }.joined(separator: " – ")),
                SVGElement("desc", text: summary.isEmpty ? title : summary),
                SVGElement("style", text: Theme.css(for: Set(panels.flatMap(\.series).map(\.look.color)))),
                SVGElement("rect", ["class": "paper", "width": width, "height": height]),
            ]
                + lines(layout.titleLines, "title") + lines(layout.subtitleLines, "small")
                + layout.legend.entries.flatMap(layout.legend.elements)
                + zip(plot.panels, layout.panels).flatMap {
                    PanelDrawing($0, frame: $1, horizontal: horizontal).elements
                }
                + [horizontalLabel(layout)] + lines(layout.noteLines, "small"))
        return root.lines.joined(separator: "\n") + "\n"
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
