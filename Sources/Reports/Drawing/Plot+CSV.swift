extension Plot {
    /// The numbers of the plot as CSV, exactly those that ``svg()`` draws.
    ///
    /// The columns are `measure` (the vertical axis), `series`, `mark`, `x`, `x_end`, `y` and `y_end`; `x_end`
    /// is the far edge of a bar or of a region, `y_end` the upper edge of a band. A marker is a row with `x`
    /// alone. Where there are cells, two columns more have
    /// their `share` and `count`, `x` and `y` being the names that meet.
    public func csv() -> String {
        let plot = thinned(Layout(self))
        var header = ["measure", "series", "mark", "x", "x_end", "y", "y_end"]
        if panels.contains(where: \.hasCells) { header += ["share", "count"] }
        var rows = [header]
        for panel in plot.panels {
            for series in panel.series {
                rows += fields(of: series.mark, in: panel).map { [panel.vertical.label, series.name] + $0 }
            }
            rows += panel.markers.map { [panel.vertical.label, $0.label, "marker", "\($0.value)", "", "", ""] }
        }
        return rows.map { row in
            (row + Array(repeating: "", count: header.count - row.count)).map(quoted).joined(separator: ",") + "\n"
        }.joined()
    }

    /// mark, x, x_end, y, y_end, and for cells share, count
    private func fields(of mark: Mark, in panel: Panel) -> [[String]] {
        switch mark {
        case .line(let points): points.map { ["line", "\($0.x)", "", "\($0.y)", ""] }
        case .steps(let points): points.map { ["steps", "\($0.x)", "", "\($0.y)", ""] }
        case .dots(let points): points.map { ["dot", "\($0.x)", "", "\($0.y)", ""] }
        case .band(let points): points.map { ["band", "\($0.x)", "", "\($0.lower)", "\($0.upper)"] }
        case .histogram(let bins): bins.map { ["bar", "\($0.lower)", "\($0.upper)", "\($0.height)", ""] }
        case .region(let range): [["region", "\(range.lowerBound)", "\(range.upperBound)", "", ""]]
        case .crosses(let crosses): crosses.flatMap(\.rows)
        case .cells(let cells):
            cells.map { cell in
                [
                    "cell", horizontal.name(at: cell.column), "", panel.vertical.name(at: cell.row), "",
                    "\(cell.share)", "\(cell.count)",
                ]
            }
        }
    }
}

extension Plot.Panel {
    fileprivate var hasCells: Bool {
        series.contains { if case .cells = $0.mark { true } else { false } }
    }
}

extension Plot.Cross {
    /// The point, and the ranges as rows of their own.
    fileprivate var rows: [[String]] {
        let (x, y) = ("\(point.x)", "\(point.y)")
        let across = horizontal.map { ["interval", "\($0.lowerBound)", "\($0.upperBound)", y, ""] }
        let along = vertical.map { ["interval", x, "", "\($0.lowerBound)", "\($0.upperBound)"] }
        return [["dot", x, "", y, ""]] + [across, along].compactMap(\.self)
    }
}

extension Plot.Axis {
    /// The name at a place, or its number where there are no names.
    fileprivate func name(at place: Int) -> String {
        categories.map { $0[place] } ?? "\(place)"
    }
}

/// A field of RFC 4180.
func quoted(_ field: String) -> String {
    guard field.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return field }
    return "\"" + field.replacing("\"", with: "\"\"") + "\""
}
