/// The names of the series, in columns above the areas, where they cover nothing.
struct Legend {
    struct Entry {
        let series: Plot.Series
        let name: String
        let x: Double
        let baseline: Double
    }

    static let glyphWidth = 22.0
    private static let gap = 7.0
    private static let columnGap = 20.0
    private static let rowHeight = 20.0

    let entries: [Entry]
    let height: Double

    init(_ series: [Plot.Series], top: Double, textRange: ClosedRange<Double>) {
        // What is not data is named last.
        let named =
            series.filter { $0.isInLegend && $0.look.color != .muted }
            + series.filter { $0.isInLegend && $0.look.color == .muted }
        let room = textRange.upperBound - textRange.lowerBound
        let names = named.map { shortened($0.name, width: room - Self.glyphWidth - Self.gap, size: Layout.textSize) }
        let widths = names.map { Self.glyphWidth + Self.gap + textWidth($0, size: Layout.textSize) + Self.columnGap }

        // In as many columns as fit; a name that leaves no room for a second one gets its line to itself.
        func columns(_ count: Int) -> [Double] {
            (0..<count).map { column in stride(from: column, to: widths.count, by: count).map { widths[$0] }.max() ?? 0
            }
        }
        let columnWidths =
            (1...max(1, named.count)).reversed().map(columns)
            .first { $0.reduce(-Self.columnGap, +) <= room } ?? []
        var (row, x) = (0, 0.0)
        entries = named.indices.map { place in
            let isNext =
                columnWidths.count > 1
                ? place.isMultiple(of: columnWidths.count) : x + widths[place] - Self.columnGap > room
            if isNext, place > 0 { (row, x) = (row + 1, 0) }
            let entry = Entry(
                series: named[place], name: names[place], x: textRange.lowerBound + x,
                baseline: top + Double(row + 1) * Self.rowHeight - 5)
            x += columnWidths.count > 1 ? columnWidths[place % columnWidths.count] : widths[place]
            return entry
        }
        height = named.isEmpty ? 0 : Double(row + 1) * Self.rowHeight
    }

    func elements(of entry: Entry) -> [SVGElement] {
        let (x, y) = (entry.x, entry.baseline - 4.5)
        return glyph(entry.series, x: x, y: y) + [
            SVGElement(
                "text", ["x": coordinate(x + Self.glyphWidth + Self.gap), "y": coordinate(entry.baseline)],
                text: entry.name)
        ]
    }

    private func glyph(_ series: Plot.Series, x: Double, y: Double) -> [SVGElement] {
        let middle = Plot.Point(x + Self.glyphWidth / 2, y)
        let box = [
            Plot.Point(x + 2, y - 5.5), Plot.Point(x + 20, y - 5.5), Plot.Point(x + 20, y + 5.5),
            Plot.Point(x + 2, y + 5.5),
        ]
        let drawing = MarkDrawing(look: series.look)
        switch series.mark {
        case .line, .steps: return [drawing.line([Plot.Point(x, y), Plot.Point(x + Self.glyphWidth, y)])]
        case .dots: return [drawing.dot(middle)]
        case .crosses:
            return [drawing.line([Plot.Point(x, y), Plot.Point(x + Self.glyphWidth, y)]), drawing.dot(middle)]
        case .cells:
            return [0.04, 0.25, 1].enumerated().map { place, share in
                let frame = Frame(left: x + 2 + 6 * Double(place), top: y - 5.5, width: 6, height: 11)
                return drawing.cell(frame, share: share, summary: "")
            }
        case .band: return [drawing.area(box)]
        case .region: return [drawing.veil(box)]
        case .histogram: return [drawing.area(box), drawing.line([box[3], box[0], box[1], box[2]])]
        }
    }
}
