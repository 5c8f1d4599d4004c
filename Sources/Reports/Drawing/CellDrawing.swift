extension PanelDrawing {
    /// A frame instead of rules, where names stand along the axes.
    var outline: SVGElement {
        SVGElement(
            "path",
            [
                "class": "rule",
                "d": PathText(
                    [
                        Plot.Point(area.left, area.top), Plot.Point(area.right, area.top),
                        Plot.Point(area.right, area.bottom), Plot.Point(area.left, area.bottom),
                    ], isClosed: true
                ).text,
            ])
    }

    func cell(_ cell: Plot.Cell, _ drawing: MarkDrawing) -> SVGElement {
        drawing.cell(frame(of: cell), share: cell.share, summary: cell.summary)
    }

    /// What is written into cells: in one size for all, where the longest fits.
    var texts: [SVGElement] {
        let cells = panel.series.flatMap { series -> [Plot.Cell] in
            if case .cells(let cells) = series.mark { cells } else { [] }
        }
        let sizes = cells.compactMap { cell -> Double? in
            guard let text = cell.text else { return nil }
            let frame = frame(of: cell)
            return min(0.8 * frame.height, (frame.width - 3) / textWidth(text, size: 1))
        }
        guard let size = sizes.min(), size >= Self.leastTextSize else { return [] }
        return cells.compactMap { cell in
            guard let text = cell.text else { return nil }
            let frame = frame(of: cell)
            let style = MarkDrawing.opacity(cell.share) > Self.opacityUnderPaper ? "middle over" : "middle"
            let fitting = min(size, Layout.smallSize)
            return self.text(
                text, style, x: area.left + frame.left + frame.width / 2,
                y: area.top + frame.top + frame.height / 2 + fitting * 0.36, size: fitting)
        }
    }

    private static let leastTextSize = 6.5
    /// From here on a cell is nearer to its full colour than to the paper, and ink would not stand out.
    private static let opacityUnderPaper = 0.62

    /// In the coordinates of the area.
    private func frame(of cell: Plot.Cell) -> Frame {
        let (left, right) = (mapping.x(Double(cell.column)), mapping.x(Double(cell.column + 1)))
        let (bottom, top) = (mapping.y(Double(cell.row)), mapping.y(Double(cell.row + 1)))
        return Frame(left: left, top: top, width: right - left, height: bottom - top)
    }
}
