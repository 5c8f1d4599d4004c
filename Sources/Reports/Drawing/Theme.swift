/// Colours for light and dark, and how text and lines look.
///
/// A colour is written twice: plainly, for programs that do not know CSS variables, and as a variable, which the
/// reader's theme chooses and a page may set otherwise. All rules are about what is in `.margin-plot`, so that
/// plots can stand in a page as they are.
enum Theme {
    private struct Tone {
        let name: String
        let light: String
        let dark: String
    }

    private static let ink = Tone(name: "ink", light: "#1c2026", dark: "#e8eaed")
    private static let muted = Tone(name: "muted", light: "#5a626d", dark: "#a3abb6")
    private static let rule = Tone(name: "rule", light: "#e3e6ea", dark: "#31363d")
    private static let paper = Tone(name: "paper", light: "#ffffff", dark: "#15181c")

    /// After Okabe and Ito's palette (2008), the pale ones darkened for white paper and the deep ones lightened for
    /// black.
    private static let series = [
        Tone(name: "series-0", light: "#0072b2", dark: "#5ab4f0"),
        Tone(name: "series-1", light: "#d55e00", dark: "#f28a3c"),
        Tone(name: "series-2", light: "#00875f", dark: "#35c79a"),
        Tone(name: "series-3", light: "#b8578f", dark: "#e79bc8"),
        Tone(name: "series-4", light: "#8f7200", dark: "#e9d04a"),
        Tone(name: "series-5", light: "#3f9bd1", dark: "#a9d8f8"),
        Tone(name: "series-6", light: "#3d3f45", dark: "#c9cdd3"),
    ]

    static func className(of color: Plot.Color) -> String {
        switch color {
        case .series(let index): "s\(index % Plot.Color.seriesCount)"
        case .muted: "m"
        }
    }

    /// The style sheet of a plot that uses some colours.
    static func css(for colors: Set<Plot.Color>) -> String {
        let classes = Set(colors.map(className))
        let used = series.indices.filter { classes.contains("s\($0)") }
        let tones = [ink, muted, rule, paper] + used.map { series[$0] }
        func variables(_ value: (Tone) -> String) -> String {
            ".margin-plot{" + Self.variables(tones, value) + "}"
        }
        let scheme = [
            variables(\.light), "@media(prefers-color-scheme:dark){\(variables(\.dark))}",
        ]
        return (scheme + rules(series: used)).joined(separator: "\n")
    }

    /// The style sheet of a page with plots. The root has the attribute `data-theme` where the reader chose light or
    /// dark; paper is light.
    static var pageCSS: String {
        let tones = [ink, muted, rule, paper] + series
        let (light, dark) = (variables(tones, \.light), variables(tones, \.dark))
        let scheme = [
            ":root{color-scheme:light;\(light)}",
            "@media screen and (prefers-color-scheme:dark){"
                + ":root:not([data-theme=light]){color-scheme:dark;\(dark)}}",
            "@media screen{:root[data-theme=dark]{color-scheme:dark;\(dark)}}",
        ]
        return (scheme + rules(series: Array(series.indices))).joined(separator: "\n")
    }

    private static func variables(_ tones: [Tone], _ value: (Tone) -> String) -> String {
        tones.map { "--\($0.name):\(value($0))" }.joined(separator: ";")
    }

    private static func rules(series used: [Int]) -> [String] {
        func paint(_ property: String, _ tone: Tone) -> String {
            "\(property):\(tone.light);\(property):var(--\(tone.name))"
        }
        let scoped = [
            "text{font-family:\(fonts);font-size:13px;font-variant-numeric:tabular-nums;\(paint("fill", ink))}",
            ".title{font-size:16px;font-weight:600}",
            ".small{font-size:12px;\(paint("fill", muted))}",
            ".middle{text-anchor:middle}",
            ".end{text-anchor:end}",
            ".paper{\(paint("fill", paper))}",
            ".rule{fill:none;\(paint("stroke", rule))}",
            ".axis{fill:none;\(paint("stroke", muted))}",
            ".marker{fill:none;\(paint("stroke", ink))}",
            ".line{fill:none;stroke:currentColor;stroke-width:1.75;stroke-linejoin:round;stroke-linecap:round}",
            ".dashed{stroke-dasharray:6 4;stroke-linecap:butt}",
            ".dotted{stroke-dasharray:.1 3.5}",
            ".faint{stroke-width:1;stroke-opacity:.5}",
            ".area{fill:currentColor;fill-opacity:.2}",
            ".veil{fill:currentColor;fill-opacity:.1}",
            ".bar{fill:none;stroke:currentColor;stroke-width:1.25;stroke-opacity:.75}",
            ".cell{fill:currentColor}",
            ".over{\(paint("fill", paper))}",
            ".dot{fill:currentColor;stroke-width:1.5;\(paint("stroke", paper))}",
            ".m{\(paint("color", muted))}",
        ]
        let colored = used.map { ".s\($0){\(paint("color", series[$0]))}" }
        return [".margin-plot{max-width:100%;height:auto}"] + (scoped + colored).map { ".margin-plot \($0)" }
    }

    static let fonts = "system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif"
}
