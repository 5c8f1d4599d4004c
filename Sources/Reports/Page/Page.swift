/// A report in one file: it opens without a network, follows the reader's light or dark theme, prints, and can be used
/// with a keyboard and a screen reader.
///
/// A page is a value that says what is in it; ``html()`` writes it. Every text is escaped there, so that names and
/// paths may hold anything.
///
/// ```swift
/// let page = Page(
///     title: "digits", subtitle: "Evaluated on 1 500 pictures of 10 identities",
///     sections: [
///         .init("Result", [.table(rates)]),
///         .init("Curves", [.plots([PlotFigure(.detectionErrorTradeOff(curves), file: "plots/det")])]),
///     ])
/// try Data(page.html().utf8).write(to: file)
/// ```
public struct Page: Sendable {
    public var title: String
    /// What was done, in one sentence under the title.
    public var subtitle: String
    /// What kind of report it is, over the title.
    public var kicker: String
    /// What everybody has to know first.
    public var notices: [Notice]
    /// In the order of reading; a list of contents leads to each.
    public var sections: [Section]
    /// By what it was made, at the end.
    public var colophon: String

    public init(
        title: String, subtitle: String = "", kicker: String = "", notices: [Notice] = [], sections: [Section] = [],
        colophon: String = ""
    ) {
        self.title = title
        self.subtitle = subtitle
        self.kicker = kicker
        self.notices = notices
        self.sections = sections
        self.colophon = colophon
    }

    /// A banner under the title.
    public struct Notice: Hashable, Sendable {
        public enum Kind: String, Sendable { case note, warning }

        public var kind: Kind
        public var text: String

        public init(_ kind: Kind, _ text: String) {
            self.kind = kind
            self.text = text
        }
    }

    /// A part of the page with a heading.
    public struct Section: Sendable {
        public var title: String
        public var blocks: [Block]

        public init(_ title: String, _ blocks: [Block]) {
            self.title = title
            self.blocks = blocks
        }
    }

    /// What a section consists of.
    public indirect enum Block: Sendable {
        /// A heading within the section.
        case heading(String)
        case paragraph(String)
        /// Small print.
        case note(String)
        case list([String])
        /// Names with what they stand for.
        case facts([Fact])
        case table(PageTable)
        /// Side by side where there is room.
        case plots([PlotFigure])
        case pictures(PicturePairs)
        case sphere(SpherePlot)
        /// Text with its lines as they are, such as a recipe.
        case code(String)
        /// What is shown on demand.
        case disclosure(String, [Block])
    }

    /// A name and what it stands for.
    public struct Fact: Hashable, Sendable {
        public var name: String
        public var value: String

        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }
}
