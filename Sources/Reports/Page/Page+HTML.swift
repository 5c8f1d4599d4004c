extension Page {
    /// The page as an HTML document.
    ///
    /// Nothing in it is fetched from elsewhere, and its policy forbids the browser to. Equal pages give equal text.
    public func html() -> String {
        let head = Markup.element(
            "head", [:],
            [
                .element("meta", ["charset": "utf-8"]),
                .element("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
                .element(
                    "meta",
                    [
                        "http-equiv": "Content-Security-Policy",
                        "content": "default-src 'none'; img-src data:; style-src 'unsafe-inline'; "
                            + "script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
                    ]),
                .element("title", text: title), .source("style", PageStyle.css), .source("script", PageScript.theme),
            ])
        let body = Markup.element(
            "body", [:],
            [
                .element("a", ["class": "skip", "href": "#content"], text: "Skip to the content"), header,
                .element(
                    "main", ["id": "content", "tabindex": "-1"],
                    sections.enumerated().map { section($1, identifier: Self.identifier($0)) }),
                .element("footer", [:], colophon.isEmpty ? [] : [.element("p", text: colophon)]),
                .source("script", PageScript.page),
            ])
        return "<!DOCTYPE html>\n" + Markup.element("html", ["lang": "en"], [head, body]).html + "\n"
    }

    private static func identifier(_ place: Int) -> String { "section-\(place + 1)" }

    private var header: Markup {
        let titles: [Markup] =
            (kicker.isEmpty ? [] : [.element("p", ["class": "kicker"], text: kicker)])
            + [.element("h1", text: title)]
            + (subtitle.isEmpty ? [] : [.element("p", ["class": "subtitle"], text: subtitle)])
        let theme = Markup.element(
            "button", ["type": "button", "id": "theme", "hidden": ""],
            [.text("Colours: "), .element("span", ["id": "theme-name"], text: "as the system")])
        let banners = notices.map { notice in
            Markup.element(
                "p", ["class": "notice \(notice.kind.rawValue)", "role": notice.kind == .warning ? "alert" : "note"],
                text: notice.text)
        }
        let contents = Markup.element(
            "nav", ["aria-label": "Contents"],
            [
                .element(
                    "ul", [:],
                    sections.enumerated().map { place, section in
                        .element(
                            "li", [:], [.element("a", ["href": "#" + Self.identifier(place)], text: section.title)])
                    })
            ])
        return .element(
            "header", [:],
            [.element("div", ["class": "titles"], [.element("div", [:], titles), theme])] + banners
                + (sections.count > 1 ? [contents] : []))
    }

    private func section(_ section: Section, identifier: String) -> Markup {
        .element(
            "section", ["id": identifier, "aria-labelledby": identifier + "-title"],
            [.element("h2", ["id": identifier + "-title"], text: section.title)] + section.blocks.map(\.markup))
    }
}

extension Page.Block {
    fileprivate var markup: Markup {
        switch self {
        case .heading(let text): .element("h3", text: text)
        case .paragraph(let text): .element("p", text: text)
        case .note(let text): .element("p", ["class": "note"], text: text)
        case .list(let texts): .element("ul", [:], texts.map { .element("li", text: $0) })
        case .facts(let facts):
            .element(
                "dl", [:],
                facts.map { .element("div", [:], [.element("dt", text: $0.name), .element("dd", text: $0.value)]) })
        case .table(let table): table.markup
        case .plots(let figures): .element("div", ["class": "plots"], figures.map(\.markup))
        case .pictures(let pairs): pairs.markup
        case .sphere(let sphere): sphere.markup
        case .code(let text):
            .element("pre", ["tabindex": "0"], [.element("code", text: text)])
        case .disclosure(let title, let blocks):
            .element("details", [:], [.element("summary", text: title)] + blocks.map(\.markup))
        }
    }
}
