/// Where everything of a plot goes.
struct Layout {
    /// The width of a plot in a file of its own.
    static let width = 520.0
    /// The width for a narrow screen.
    static let narrowWidth = 340.0
    static let margin = 16.0
    static let textSize = 13.0
    static let smallSize = 12.0
    /// The title's, and a tenth for being bold.
    private static let titleSize = 17.6
    /// What text may fill across a plot of some width.
    static func textRange(width: Double) -> ClosedRange<Double> { margin...(width - margin) }

    /// A line of text and the baseline it stands on.
    struct Line {
        let text: String
        let baseline: Double
    }

    struct PanelFrame {
        let area: Frame
        let verticalTicks: [Plot.Tick]
        let horizontalTicks: [Plot.Tick]
        let labelBaseline: Double
        let markers: [PlacedMarker]
        /// The sizes of what is written along the axes.
        let verticalSize: Double
        let horizontalSize: Double
        /// Whether the horizontal axis' names are written upwards, where they do not fit side by side.
        let isUpright: Bool
        /// Whether the horizontal axis is written under it.
        let isLast: Bool
    }

    let width: Double
    let titleLines: [Line]
    let subtitleLines: [Line]
    let legend: Legend
    let panels: [PanelFrame]
    let horizontalLabelBaseline: Double
    let noteLines: [Line]
    let height: Double

    init(_ plot: Plot, width: Double = Self.width) {
        self.width = width
        let textRange = Self.textRange(width: width)
        let textWidth = textRange.upperBound - textRange.lowerBound
        var y = Self.margin

        func lines(_ text: String, size: Double, height: Double) -> [Line] {
            wrapped(text, width: textWidth, size: size).map { line in
                y += height
                return Line(text: line, baseline: y - height * 0.25)
            }
        }
        titleLines = lines(plot.title, size: Self.titleSize, height: 20)
        subtitleLines = lines(plot.subtitle, size: Self.smallSize, height: 17)
        y += 6
        legend = Legend(plot.panels.flatMap(\.series), top: y, textRange: textRange)
        y += legend.height

        let (left, right) = (Self.left(plot, width: width), Self.right(plot, width: width))
        var frames: [PanelFrame] = []
        for (place, panel) in plot.panels.enumerated() {
            y += 24
            let labelBaseline = y
            let isLast = place == plot.panels.count - 1
            var area = Frame(left: left, top: 0, width: right - left, height: 0)
            area.height = if case .high(let height) = panel.shape { height } else { area.width }
            let markers = PlacedMarker.placed(panel.markers, axis: plot.horizontal, area: area, textRange: textRange)
            y += 10 + Double((markers.map(\.row).max() ?? -1) + 1) * PlacedMarker.rowHeight
            area.top = y
            let horizontalTicks = plot.horizontal.ticks(
                length: area.width, spacing: Self.horizontalSpacing(plot.horizontal))
            let horizontalSize = plot.horizontal.labelSize(length: area.width)
            let widest =
                horizontalTicks.compactMap(\.label).map { Reports.textWidth($0, size: horizontalSize) }.max() ?? 0
            let isUpright = plot.horizontal.categories.map { widest + 6 > area.width / Double($0.count) } ?? false
            frames.append(
                PanelFrame(
                    area: area,
                    verticalTicks: panel.vertical.ticks(
                        length: area.height, spacing: Self.verticalSpacing(panel.vertical)),
                    horizontalTicks: horizontalTicks, labelBaseline: labelBaseline, markers: markers,
                    verticalSize: panel.vertical.labelSize(length: area.height), horizontalSize: horizontalSize,
                    isUpright: isUpright, isLast: isLast))
            y += area.height + (isLast ? (isUpright ? widest + 4 : 20) : 8)
        }
        panels = frames
        y += 20
        horizontalLabelBaseline = y
        y += 8
        noteLines = plot.notes.flatMap { lines($0, size: Self.smallSize, height: 16) }
        height = y + Self.margin - 4
    }

    /// The areas' right side: half of the last number may stick out.
    private static func right(_ plot: Plot, width: Double) -> Double {
        guard plot.horizontal.categories == nil else { return width - margin }
        let ticks = plot.horizontal.ticks(length: width - 2 * margin, spacing: horizontalSpacing(plot.horizontal))
        return width - max(margin, textWidth(ticks.last?.label ?? "", size: smallSize) / 2 + 6)
    }

    /// The areas' left side: as far in as the widest number needs.
    private static func left(_ plot: Plot, width: Double) -> Double {
        let labels = plot.panels.flatMap { panel in
            let height = if case .high(let height) = panel.shape { height } else { width }
            let size = panel.vertical.labelSize(length: height)
            return panel.vertical.ticks(length: height, spacing: verticalSpacing(panel.vertical)).compactMap(\.label)
                .map { textWidth($0, size: size) }
        }
        return margin + (labels.max() ?? 0) + 10
    }

    private static func verticalSpacing(_ axis: Plot.Axis) -> Double { axis.scale == .linear ? 42 : 26 }
    private static func horizontalSpacing(_ axis: Plot.Axis) -> Double { axis.scale == .linear ? 62 : 38 }
}

/// A rectangle; y grows downwards.
struct Frame: Hashable {
    var left: Double
    var top: Double
    var width: Double
    var height: Double

    var right: Double { left + width }
    var bottom: Double { top + height }
}
