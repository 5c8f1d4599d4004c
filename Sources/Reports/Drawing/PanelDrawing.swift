/// Draws one panel.
struct PanelDrawing {
    let panel: Plot.Panel
    let frame: Layout.PanelFrame
    let horizontal: Plot.Axis
    let mapping: PanelMapping
    var area: Frame { frame.area }

    init(_ panel: Plot.Panel, frame: Layout.PanelFrame, horizontal: Plot.Axis) {
        self.panel = panel
        self.frame = frame
        self.horizontal = horizontal
        mapping = PanelMapping(
            horizontal: horizontal, vertical: panel.vertical, width: frame.area.width, height: frame.area.height)
    }

    var elements: [SVGElement] {
        grid + [marks] + texts + dots + baseline + markers + labels
    }

    private func x(_ value: Double) -> Double { area.left + mapping.x(value) }
    private func y(_ value: Double) -> Double { area.top + mapping.y(value) }

    /// Rules at the numbers of the vertical axis, and of the horizontal one where its scale is uneven.
    private var grid: [SVGElement] {
        var path = PathText([])
        guard horizontal.categories == nil, panel.vertical.categories == nil else { return [outline] }
        for tick in frame.verticalTicks where tick.label != nil {
            path.move(to: Plot.Point(area.left, y(tick.value)))
            path.line(to: Plot.Point(area.right, y(tick.value)))
        }
        if horizontal.scale != .linear {
            for tick in frame.horizontalTicks where tick.label != nil {
                path.move(to: Plot.Point(x(tick.value), area.top))
                path.line(to: Plot.Point(x(tick.value), area.bottom))
            }
        }
        return path.text.isEmpty ? [] : [SVGElement("path", ["class": "rule", "d": path.text])]
    }

    /// The series, cut at the area's edges (with a little room for the width of a line).
    private var marks: SVGElement {
        let room = 1.5
        let (width, height) = (coordinate(area.width + 2 * room), coordinate(area.height + 2 * room))
        return SVGElement(
            "svg",
            [
                "x": coordinate(area.left - room), "y": coordinate(area.top - room), "width": width, "height": height,
                "viewBox": "\(coordinate(-room)) \(coordinate(-room)) \(width) \(height)",
            ], elements: panel.series.flatMap(mark))
    }

    private func mark(_ series: Plot.Series) -> [SVGElement] {
        let drawing = MarkDrawing(look: series.look)
        switch series.mark {
        case .line(let points): return points.isEmpty ? [] : [drawing.line(points.map(mapping.place))]
        case .steps(let points):
            return points.isEmpty ? [] : [drawing.line(Plot.corners(ofSteps: points).map(mapping.place))]
        case .dots: return []
        case .crosses(let crosses): return crosses.flatMap { bars($0, drawing) }
        case .cells(let cells): return cells.map { cell($0, drawing) }
        case .band(let points):
            let upper = points.map { mapping.place(Plot.Point($0.x, $0.upper)) }
            let lower = points.map { mapping.place(Plot.Point($0.x, $0.lower)) }
            return points.isEmpty ? [] : [drawing.area(upper + lower.reversed())]
        case .histogram(let bins): return histogram(bins, drawing)
        case .region(let range):
            let (left, right) = (mapping.x(range.lowerBound), mapping.x(range.upperBound))
            return [
                drawing.veil([
                    Plot.Point(left, 0), Plot.Point(right, 0), Plot.Point(right, area.height),
                    Plot.Point(left, area.height),
                ])
            ]
        }
    }

    /// The outline of all bars together, from the first to the last that has a height.
    private func histogram(_ bins: [Plot.Bin], _ drawing: MarkDrawing) -> [SVGElement] {
        let filled = bins.indices.filter { bins[$0].height > 0 }
        guard let first = filled.first, let last = filled.last else { return [] }
        let shown = bins[first...last]
        let tops = shown.flatMap { [Plot.Point($0.lower, $0.height), Plot.Point($0.upper, $0.height)] }
        let outline = [Plot.Point(bins[first].lower, 0)] + tops + [Plot.Point(bins[last].upper, 0)]
        let placed = outline.map(mapping.place)
        return [drawing.area(placed), drawing.line(placed)]
    }

    private func bars(_ cross: Plot.Cross, _ drawing: MarkDrawing) -> [SVGElement] {
        let across = cross.horizontal.map { range in
            [range.lowerBound, range.upperBound].map { Plot.Point($0, cross.point.y) }
        }
        let along = cross.vertical.map { range in
            [range.lowerBound, range.upperBound].map { Plot.Point(cross.point.x, $0) }
        }
        return [across, along].compactMap(\.self).map { drawing.bar($0.map(mapping.place)) }
    }

    /// Whole even at the area's edges.
    private var dots: [SVGElement] {
        panel.series.flatMap { series -> [SVGElement] in
            let points: [Plot.Point]
            switch series.mark {
            case .dots(let dots): points = dots
            case .crosses(let crosses): points = crosses.map(\.point)
            default: return []
            }
            return points.filter { horizontal.range.contains($0.x) && panel.vertical.range.contains($0.y) }.map {
                MarkDrawing(look: series.look).dot(Plot.Point(x($0.x), y($0.y)))
            }
        }
    }

    /// The lower edge with its ticks, longer where there is a number.
    private var baseline: [SVGElement] {
        guard horizontal.categories == nil else { return [] }
        var path = PathText([Plot.Point(area.left, area.bottom), Plot.Point(area.right, area.bottom)])
        for tick in frame.horizontalTicks {
            path.move(to: Plot.Point(x(tick.value), area.bottom))
            path.line(to: Plot.Point(x(tick.value), area.bottom + (tick.label == nil ? 3 : 5)))
        }
        return [SVGElement("path", ["class": "axis", "d": path.text])]
    }

    private var markers: [SVGElement] {
        frame.markers.flatMap { marker in
            let baseline = area.top - 6 - Double(marker.row) * PlacedMarker.rowHeight
            return [
                SVGElement(
                    "path",
                    [
                        "class": "marker",
                        "d": PathText([Plot.Point(marker.x, baseline - 9), Plot.Point(marker.x, area.bottom)]).text,
                    ]),
                SVGElement(
                    "text", ["class": "small", "x": coordinate(marker.labelX), "y": coordinate(baseline)],
                    text: marker.label),
            ]
        }
    }

    private var labels: [SVGElement] {
        let name = text(
            panel.vertical.label, "small", x: Layout.margin, y: frame.labelBaseline, size: Layout.smallSize)
        let vertical = frame.verticalTicks.compactMap { tick in
            tick.label.map {
                text(
                    $0, "small end", x: area.left - 8, y: y(tick.value) + frame.verticalSize / 3,
                    size: frame.verticalSize)
            }
        }
        return [name] + vertical + (frame.isLast ? horizontalLabels : [])
    }

    private var horizontalLabels: [SVGElement] {
        frame.horizontalTicks.compactMap { tick in
            guard let label = tick.label else { return nil }
            guard frame.isUpright else {
                return text(label, "small middle", x: x(tick.value), y: area.bottom + 19, size: frame.horizontalSize)
            }
            return text(
                label, "small end", x: x(tick.value) + frame.horizontalSize / 3, y: area.bottom + 8,
                size: frame.horizontalSize, isUpright: true)
        }
    }

    /// Text in the style's size or another.
    func text(
        _ text: String, _ style: String, x: Double, y: Double, size: Double, isUpright: Bool = false
    ) -> SVGElement {
        let (left, baseline) = (coordinate(x), coordinate(y))
        return SVGElement(
            "text",
            [
                "class": style, "x": left, "y": baseline,
                "style": size == Layout.smallSize ? nil : "font-size:\(coordinate(size))px",
                "transform": isUpright ? "rotate(-90 \(left) \(baseline))" : nil,
            ], text: text)
    }
}
