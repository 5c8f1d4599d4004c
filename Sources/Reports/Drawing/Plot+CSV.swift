extension Plot {
    /// The numbers of the plot as CSV, exactly those that ``svg()`` draws.
    ///
    /// The columns are `measure` (the vertical axis), `series`, `mark`, `x`, `x_end`, `y` and `y_end`; `x_end`
    /// is the far edge of a bar or of a region, `y_end` the upper edge of a band. A marker is a row with `x`
    /// alone.
    public func csv() -> String {
        let plot = thinned(Layout(self))
        var rows = [["measure", "series", "mark", "x", "x_end", "y", "y_end"]]
        for panel in plot.panels {
            for series in panel.series {
                rows += series.mark.rows.map { [panel.vertical.label, series.name] + $0 }
            }
            rows += panel.markers.map { [panel.vertical.label, $0.label, "marker", "\($0.value)", "", "", ""] }
        }
        return rows.map { $0.map(quoted).joined(separator: ",") + "\n" }.joined()
    }
}

extension Plot.Mark {
    /// mark, x, x_end, y, y_end
    fileprivate var rows: [[String]] {
        switch self {
        case .line(let points): points.map { ["line", "\($0.x)", "", "\($0.y)", ""] }
        case .steps(let points): points.map { ["steps", "\($0.x)", "", "\($0.y)", ""] }
        case .dots(let points): points.map { ["dot", "\($0.x)", "", "\($0.y)", ""] }
        case .band(let points): points.map { ["band", "\($0.x)", "", "\($0.lower)", "\($0.upper)"] }
        case .histogram(let bins): bins.map { ["bar", "\($0.lower)", "\($0.upper)", "\($0.height)", ""] }
        case .region(let range): [["region", "\(range.lowerBound)", "\(range.upperBound)", "", ""]]
        }
    }
}

/// A field of RFC 4180.
func quoted(_ field: String) -> String {
    guard field.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return field }
    return "\"" + field.replacing("\"", with: "\"\"") + "\""
}
