/// A table with a caption, whose first column names each row.
public struct PageTable: Sendable {
    public var caption: String
    public var columns: [Column]
    public var rows: [[Cell]]
    /// Whether the reader may sort it by a column.
    public var isSortable: Bool
    /// Small print under it.
    public var notes: [String]

    /// - Precondition: every row has a cell for each column.
    public init(
        caption: String, columns: [Column], rows: [[Cell]], isSortable: Bool = false, notes: [String] = []
    ) {
        precondition(rows.allSatisfy { $0.count == columns.count }, "a row has a cell for each column")
        self.caption = caption
        self.columns = columns
        self.rows = rows
        self.isSortable = isSortable
        self.notes = notes
    }

    /// What stands over a column.
    public struct Column: Hashable, Sendable, ExpressibleByStringLiteral {
        public var title: String
        /// Whether it holds numbers, which are set flush right.
        public var isNumeric: Bool

        public init(_ title: String, isNumeric: Bool = false) {
            self.title = title
            self.isNumeric = isNumeric
        }

        public init(stringLiteral title: String) { self.init(title) }

        public static func number(_ title: String) -> Column { Column(title, isNumeric: true) }
    }

    /// What stands in a row under a column.
    public enum Cell: Hashable, Sendable, ExpressibleByStringLiteral {
        case text(String)
        /// A number, for sorting, as it is to be read.
        case number(Double, String)
        /// A number with its interval; both are also drawn over a range, so that rows can be compared at a glance.
        case interval(Interval)

        public init(stringLiteral text: String) { self = .text(text) }
    }

    /// A number with its interval.
    public struct Interval: Hashable, Sendable {
        public var value: Double
        public var lower: Double
        public var upper: Double
        /// What the drawing spans.
        public var range: ClosedRange<Double>
        /// The number, and the interval, as they are to be read.
        public var text: String
        public var intervalText: String

        /// - Precondition: the range is not empty.
        public init(
            value: Double, lower: Double, upper: Double, range: ClosedRange<Double>, text: String, intervalText: String
        ) {
            precondition(range.lowerBound < range.upperBound, "an interval is drawn over a range")
            self.value = value
            self.lower = lower
            self.upper = upper
            self.range = range
            self.text = text
            self.intervalText = intervalText
        }
    }

    var markup: Markup {
        let head = columns.map { column in
            Markup.element(
                "th", ["scope": "col", "class": column.isNumeric ? "number" : nil], text: column.title)
        }
        let body = rows.map { row in
            Markup.element("tr", [:], zip(row, columns).enumerated().map { cell($1.0, $1.1, isFirst: $0 == 0) })
        }
        let table = Markup.element(
            "table", ["class": isSortable ? "sortable" : nil],
            [
                .element("caption", text: caption),
                .element("thead", [:], [.element("tr", [:], head)]), .element("tbody", [:], body),
            ])
        return .element(
            "div", ["class": "table"],
            [.element("div", ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": caption], [table])]
                + notes.map { .element("p", ["class": "note"], text: $0) })
    }

    private func cell(_ cell: Cell, _ column: Column, isFirst: Bool) -> Markup {
        let name = isFirst ? "th" : "td"
        let scope = isFirst ? "row" : nil
        let style = column.isNumeric ? "number" : nil
        switch cell {
        case .text(let text): return .element(name, ["scope": scope, "class": style], text: text)
        case .number(let value, let text):
            return .element(name, ["scope": scope, "class": style, "data-value": "\(value)"], text: text)
        case .interval(let interval):
            return .element(
                name, ["scope": scope, "class": style, "data-value": "\(interval.value)"], interval.content)
        }
    }
}

extension PageTable.Interval {
    fileprivate var content: [Markup] {
        func share(_ value: Double) -> Double {
            min(1, max(0, (value - range.lowerBound) / (range.upperBound - range.lowerBound)))
        }
        func percent(_ share: Double) -> String { coordinate(share * 100) + "%" }
        let (start, end) = (share(lower), share(upper))
        let zero = range.contains(0) && range.lowerBound < 0
        return [
            .element("span", ["class": "value"], text: text), .text(" "),
            .element("span", ["class": "interval"], text: intervalText),
            .element(
                "span", ["class": "whisker", "aria-hidden": "true"],
                (zero ? [.element("i", ["class": "zero", "style": "left:\(percent(share(0)))"])] : []) + [
                    .element("i", ["class": "span", "style": "left:\(percent(start));width:\(percent(end - start))"]),
                    .element("i", ["class": "point", "style": "left:\(percent(share(value)))"]),
                ]),
        ]
    }
}
