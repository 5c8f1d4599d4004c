/// A picture of numbers: panels over one horizontal axis, with a title, a legend and notes.
///
/// A plot is a value that says what is shown. ``svg()`` draws it and ``csv()`` writes the same numbers as text.
///
/// ```swift
/// let plot = Plot(
///     title: "Loss", horizontal: .init(label: "Step", range: 0...100),
///     panels: [
///         .init(
///             vertical: .init(label: "Loss", range: 0...4),
///             series: [.init(name: "loss", mark: .line(points), look: .init(color: .series(0)))])
///     ])
/// ```
public struct Plot: Hashable, Sendable {
    public var title: String
    /// A second line under the title: of what, and how much.
    public var subtitle: String
    /// What the plot shows, in words, for those who cannot see it.
    public var summary: String
    public var horizontal: Axis
    /// From top to bottom.
    public var panels: [Panel]
    /// Small print beneath.
    public var notes: [String]

    /// - Precondition: there is at least one panel.
    public init(
        title: String, subtitle: String = "", summary: String = "", horizontal: Axis, panels: [Panel],
        notes: [String] = []
    ) {
        precondition(!panels.isEmpty, "a plot has a panel")
        self.title = title
        self.subtitle = subtitle
        self.summary = summary
        self.horizontal = horizontal
        self.panels = panels
        self.notes = notes
    }

    /// One area with its own vertical axis.
    public struct Panel: Hashable, Sendable {
        public var vertical: Axis
        /// Drawn in this order, the last one on top.
        public var series: [Series]
        /// Values of the horizontal axis that a line is drawn at, labelled above the area.
        public var markers: [Marker]
        public var shape: Shape

        public init(vertical: Axis, series: [Series], markers: [Marker] = [], shape: Shape = .high(270)) {
            self.vertical = vertical
            self.series = series
            self.markers = markers
            self.shape = shape
        }
    }

    /// The height of a panel's area; a plot is 520 units wide in all.
    public enum Shape: Hashable, Sendable {
        /// So many units.
        case high(Double)
        /// As high as wide, for axes that mean the same.
        case square
    }

    /// A vertical line with a label.
    public struct Marker: Hashable, Sendable {
        public var value: Double
        public var label: String

        public init(at value: Double, label: String) {
            self.value = value
            self.label = label
        }
    }
}
