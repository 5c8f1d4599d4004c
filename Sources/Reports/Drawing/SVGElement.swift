/// An element of an SVG document, to be written as text; attributes without a value are left out.
struct SVGElement {
    private let name: String
    private let attributes: [(name: String, value: String)]
    private let content: Content

    private enum Content {
        case none
        case text(String)
        case elements([SVGElement])
    }

    init(_ name: String, _ attributes: KeyValuePairs<String, String?> = [:]) {
        self.init(name, attributes, .none)
    }

    init(_ name: String, _ attributes: KeyValuePairs<String, String?> = [:], text: String) {
        self.init(name, attributes, .text(text))
    }

    init(_ name: String, _ attributes: KeyValuePairs<String, String?> = [:], elements: [SVGElement]) {
        self.init(name, attributes, .elements(elements))
    }

    private init(_ name: String, _ attributes: KeyValuePairs<String, String?>, _ content: Content) {
        self.name = name
        self.attributes = attributes.compactMap { name, value in value.map { (name, $0) } }
        self.content = content
    }

    /// One element per line, those without elements of their own on one.
    var lines: [String] {
        let start = "<" + ([name] + attributes.map { "\($0.name)=\"\(escaped($0.value))\"" }).joined(separator: " ")
        switch content {
        case .none: return [start + "/>"]
        case .text(let text): return ["\(start)>\(escaped(text))</\(name)>"]
        case .elements(let elements): return [start + ">"] + elements.flatMap(\.lines) + ["</\(name)>"]
        }
    }
}
