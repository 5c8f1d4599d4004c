extension Plot {
    /// Numbers drawn in one way under one name.
    public struct Series: Hashable, Sendable {
        public var name: String
        public var mark: Mark
        public var look: Look
        /// Whether the legend names it; a band around a named line need not be.
        public var isInLegend: Bool

        public init(name: String, mark: Mark, look: Look, isInLegend: Bool = true) {
            self.name = name
            self.mark = mark
            self.look = look
            self.isInLegend = isInLegend
        }
    }

    /// How numbers are drawn.
    public enum Mark: Hashable, Sendable {
        /// Straight lines from point to point.
        case line([Point])
        /// The vertical value holds until the next point's horizontal value.
        case steps([Point])
        case dots([Point])
        /// The area between two lines.
        case band([BandPoint])
        /// Bars side by side.
        case histogram([Bin])
        /// Everything over a part of the horizontal axis.
        case region(ClosedRange<Double>)
        /// Dots with bars that show how far they are known.
        case crosses([Cross])
        /// Squares of a table, the fuller of colour the larger their share.
        case cells([Cell])
    }

    /// A place in the units of the axes.
    public struct Point: Hashable, Sendable {
        public var x: Double
        public var y: Double

        public init(_ x: Double, _ y: Double) {
            self.x = x
            self.y = y
        }
    }

    /// Both edges of a band at one place.
    public struct BandPoint: Hashable, Sendable {
        public var x: Double
        public var lower: Double
        public var upper: Double

        public init(x: Double, lower: Double, upper: Double) {
            self.x = x
            self.lower = lower
            self.upper = upper
        }
    }

    /// One bar, standing on 0.
    public struct Bin: Hashable, Sendable {
        public var lower: Double
        public var upper: Double
        public var height: Double

        public init(lower: Double, upper: Double, height: Double) {
            self.lower = lower
            self.upper = upper
            self.height = height
        }
    }

    /// A point with the ranges that it may lie in.
    public struct Cross: Hashable, Sendable {
        public var point: Point
        public var horizontal: ClosedRange<Double>?
        public var vertical: ClosedRange<Double>?

        public init(_ point: Point, horizontal: ClosedRange<Double>? = nil, vertical: ClosedRange<Double>? = nil) {
            self.point = point
            self.horizontal = horizontal
            self.vertical = vertical
        }
    }

    /// One square where two names meet; both axes have ``Scale/categories(_:)``.
    public struct Cell: Hashable, Sendable {
        /// The place of its name on the horizontal axis, from the left.
        public var column: Int
        /// The place of its name on the vertical axis, from the bottom.
        public var row: Int
        public var count: Int
        /// Between 0 and 1: what its colour shows.
        public var share: Double
        /// Written into it where there is room.
        public var text: String?
        /// What it says, for those who point at it.
        public var summary: String

        public init(column: Int, row: Int, count: Int, share: Double, text: String? = nil, summary: String) {
            self.column = column
            self.row = row
            self.count = count
            self.share = share
            self.text = text
            self.summary = summary
        }
    }

    /// Colour and stroke.
    public struct Look: Hashable, Sendable {
        public var color: Color
        public var stroke: Stroke
        /// Drawn thin and pale, as background to something else.
        public var isFaint: Bool

        public init(color: Color, stroke: Stroke = .solid, isFaint: Bool = false) {
            self.color = color
            self.stroke = stroke
            self.isFaint = isFaint
        }

        /// A look for one of several series: colours first, then strokes.
        public static func ofSeries(_ index: Int) -> Look {
            let strokes = Stroke.allCases
            return Look(color: .series(index), stroke: strokes[index / Color.seriesCount % strokes.count])
        }
    }

    /// What a colour stands for; light and dark themes have their own.
    public enum Color: Hashable, Sendable {
        /// One of ``seriesCount`` colours that people with any colour vision tell apart, over again from there.
        case series(Int)
        /// For what is not data.
        case muted

        public static let seriesCount = 7
    }

    public enum Stroke: CaseIterable, Hashable, Sendable {
        case solid, dashed, dotted
    }
}
