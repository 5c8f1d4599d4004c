/// A piece of HTML. Text and attributes enter it escaped, whatever they hold.
struct Markup {
    private(set) var html: String

    /// Elements that have no content and no end.
    private static let voids: Set = ["img", "link", "meta", "br", "input"]

    /// Text between elements.
    static func text(_ text: String) -> Markup { Markup(html: escaped(text)) }

    /// An element. An attribute whose value is `nil` is left out.
    static func element(
        _ name: String, _ attributes: KeyValuePairs<String, String?> = [:], _ content: [Markup] = []
    ) -> Markup {
        let start =
            "<" + name + attributes.map { key, value in value.map { " \(key)=\"\(escaped($0))\"" } ?? "" }.joined()
        guard !voids.contains(name) else { return Markup(html: start + "/>") }
        return Markup(html: start + ">" + content.map(\.html).joined() + "</\(name)>")
    }

    /// An element that holds text alone.
    static func element(
        _ name: String, _ attributes: KeyValuePairs<String, String?> = [:], text: String
    ) -> Markup {
        element(name, attributes, [.text(text)])
    }

    /// A drawing.
    static func drawing(_ svg: SVGElement) -> Markup { Markup(html: "\n" + svg.lines.joined(separator: "\n") + "\n") }

    /// A style sheet or a script of this package, in which nothing is escaped.
    static func source(_ name: String, _ code: String) -> Markup { Markup(html: "<\(name)>\n\(code)\n</\(name)>\n") }
}
