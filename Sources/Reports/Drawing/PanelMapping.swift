/// From the numbers of a panel to places in its area, the origin at the area's upper left.
struct PanelMapping {
    let horizontal: Plot.Axis
    let vertical: Plot.Axis
    let width: Double
    let height: Double

    /// Stands for infinitely far away; parallels to the axes stay parallel.
    private static let farAway = 10_000.0

    func x(_ value: Double) -> Double { bounded(horizontal.share(of: value) * width) }
    func y(_ value: Double) -> Double { bounded((1 - vertical.share(of: value)) * height) }

    func place(_ point: Plot.Point) -> Plot.Point { Plot.Point(x(point.x), y(point.y)) }

    private func bounded(_ length: Double) -> Double { min(max(length, -Self.farAway), Self.farAway) }

    /// A series without the points that make no difference.
    func thinned(_ series: Plot.Series) -> Plot.Series {
        var thinned = series
        switch series.mark {
        case .line(let points):
            thinned.mark = .line(Thinning.kept(points.map(place), width: width).map { points[$0] })
        case .steps(let points):
            // Thinned as the corners they are drawn with; what stays is a line.
            let corners = Plot.corners(ofSteps: points)
            thinned.mark = .line(Thinning.kept(corners.map(place), width: width).map { corners[$0] })
        case .band(let points):
            let lower = Thinning.kept(points.map { place(Plot.Point($0.x, $0.lower)) }, width: width)
            let upper = Thinning.kept(points.map { place(Plot.Point($0.x, $0.upper)) }, width: width)
            thinned.mark = .band(Set(lower).union(upper).sorted().map { points[$0] })
        case .dots, .histogram, .region, .crosses, .cells: break
        }
        return thinned
    }
}

extension Plot {
    /// The corners of a line whose height changes only where a point is.
    static func corners(ofSteps points: [Point]) -> [Point] {
        var corners: [Point] = []
        for point in points {
            if let last = corners.last, last.x != point.x, last.y != point.y { corners.append(Point(point.x, last.y)) }
            corners.append(point)
        }
        return corners
    }

    /// The plot with as many points as can be seen.
    func thinned(_ layout: Layout) -> Plot {
        var plot = self
        for (place, frame) in layout.panels.enumerated() {
            let mapping = PanelMapping(
                horizontal: horizontal, vertical: panels[place].vertical, width: frame.area.width,
                height: frame.area.height)
            plot.panels[place].series = panels[place].series.map(mapping.thinned)
        }
        return plot
    }
}
