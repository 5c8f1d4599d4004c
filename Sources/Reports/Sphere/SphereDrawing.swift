import Foundation

/// Draws a sphere as it is seen at first; a page's script turns it from there.
struct SphereDrawing {
    static let radius = 200.0
    /// The first view: rows of the rotation by −35° about the vertical axis, then by 20° towards the viewer.
    static let turn: [Double] = {
        let (yaw, pitch) = (-35 * Double.pi / 180, 20 * Double.pi / 180)
        return [
            cos(yaw), 0, sin(yaw),
            sin(pitch) * sin(yaw), cos(pitch), -sin(pitch) * cos(yaw),
            -cos(pitch) * sin(yaw), sin(pitch), cos(pitch) * cos(yaw),
        ]
    }()
    /// Beyond this many names they would cover each other.
    static let labelledGroups = 24

    let plot: SpherePlot

    /// The drawing without a style sheet.
    var elements: [SVGElement] {
        let marks = plot.points.map { point in (isInFront: place(point).z >= 0, element: mark(point)) }
        return [
            SVGElement("circle", ["class": "ball", "r": coordinate(Self.radius)]),
            SVGElement("g", ["class": "back"], elements: marks.filter { !$0.isInFront }.map(\.element)),
            SVGElement("path", ["class": "lines", "d": graticule]),
            SVGElement("g", ["class": "front"], elements: marks.filter(\.isInFront).map(\.element)),
            SVGElement("g", ["class": "names"], elements: labels),
        ]
    }

    private func place(_ point: SpherePlot.Point) -> (x: Double, y: Double, z: Double) {
        func row(_ start: Int) -> Double {
            Self.turn[start] * point.x + Self.turn[start + 1] * point.y + Self.turn[start + 2] * point.z
        }
        return (row(0), row(3), row(6))
    }

    private func translation(_ point: SpherePlot.Point) -> String {
        let seen = place(point)
        return "translate(\(coordinate(seen.x * Self.radius)) \(coordinate(-seen.y * Self.radius)))"
    }

    private func position(_ point: SpherePlot.Point) -> String {
        [point.x, point.y, point.z].map { decimal($0, places: 3) }.joined(separator: " ")
    }

    private func mark(_ point: SpherePlot.Point) -> SVGElement {
        SVGElement(
            "path",
            [
                "class": Self.className(point.group), "d": Self.shape(point.group), "data-g": "\(point.group)",
                "data-p": position(point), "transform": translation(point),
            ], elements: [SVGElement("title", text: "\(plot.groups[point.group]): \(point.name)")])
    }

    static func className(_ group: Int) -> String { Theme.className(of: .series(group)) }

    /// Colours first, then shapes.
    static func shape(_ group: Int) -> String {
        let shapes = [
            "M-3.8 0a3.8 3.8 0 1 0 7.6 0a3.8 3.8 0 1 0-7.6 0z", "M-3.4-3.4h6.8v6.8h-6.8z", "M0-4.6L4.4 3.4H-4.4z",
            "M0-4.8L4.8 0L0 4.8L-4.8 0z",
        ]
        return shapes[group / Plot.Color.seriesCount % shapes.count]
    }

    /// The names of groups at their mean directions.
    private var labels: [SVGElement] {
        guard plot.groups.count <= Self.labelledGroups else { return [] }
        return plot.groups.indices.compactMap { group in
            let members = plot.points.filter { $0.group == group }
            let sum = [\SpherePlot.Point.x, \.y, \.z].map { axis in members.reduce(0) { $0 + $1[keyPath: axis] } }
            let length = sum.reduce(0) { $0 + $1 * $1 }.squareRoot()
            // Where the points are on all sides, a name has no place.
            guard length > 0.3 * Double(members.count), !members.isEmpty else { return nil }
            let mean = SpherePlot.Point(
                x: sum[0] / length, y: sum[1] / length, z: sum[2] / length, group: group, name: "")
            return SVGElement(
                "text",
                [
                    "data-g": "\(group)", "data-p": position(mean), "transform": translation(mean),
                    "visibility": place(mean).z < 0.05 ? "hidden" : "visible",
                ], text: shortened(plot.groups[group], width: 120, size: Layout.textSize))
        }
    }

    /// Meridians and parallels every 30°, the near half.
    private var graticule: String {
        let meridians = stride(from: 0.0, to: 180, by: 30).map { angle in
            let a = angle * .pi / 180
            return { (t: Double) in (cos(t) * cos(a), sin(t), cos(t) * sin(a)) }
        }
        let parallels = stride(from: -60.0, through: 60, by: 30).map { angle in
            let a = angle * .pi / 180
            return { (t: Double) in (cos(t) * cos(a), sin(a), sin(t) * cos(a)) }
        }
        var path = PathText([])
        for circle in meridians + parallels {
            var isDrawn = false
            for step in 0...72 {
                let (x, y, z) = circle(Double(step) * .pi / 36)
                let seen = place(.init(x: x, y: y, z: z, group: 0, name: ""))
                let point = Plot.Point(seen.x * Self.radius, -seen.y * Self.radius)
                if seen.z < 0 {
                    isDrawn = false
                } else if isDrawn {
                    path.line(to: point)
                } else {
                    path.move(to: point)
                    isDrawn = true
                }
            }
        }
        return path.text
    }

    static let css = """
        .margin-plot .ball{fill:#7d8794;fill-opacity:.07;stroke:#9aa2ad;stroke:var(--rule);stroke-width:1.5}
        .margin-plot .lines{fill:none;stroke:#9aa2ad;stroke:var(--rule);stroke-width:1}
        .margin-plot .back path{fill:currentColor;opacity:.22}
        .margin-plot .front path{fill:currentColor;stroke:#fff;stroke:var(--paper);stroke-width:.9;opacity:.9}
        .margin-plot .names text{font-weight:600;text-anchor:middle;dominant-baseline:central;paint-order:stroke;\
        stroke:#fff;stroke:var(--paper);stroke-width:3.5px;stroke-linejoin:round;pointer-events:none}
        .margin-plot .dim{opacity:.07!important}
        """
}

extension SpherePlot {
    /// The first view as an SVG document, in the reader's theme.
    public func svg() -> String {
        let colors = Set(groups.indices.map { Plot.Color.series($0 % Plot.Color.seriesCount) })
        let style = SVGElement("style", text: Theme.css(for: colors) + "\n" + SphereDrawing.css)
        let paper = SVGElement("rect", ["class": "paper", "x": "-220", "y": "-220", "width": "440", "height": "440"])
        return element([style, paper]).lines.joined(separator: "\n") + "\n"
    }

    private func element(_ more: [SVGElement] = []) -> SVGElement {
        SVGElement(
            "svg",
            [
                "xmlns": "http://www.w3.org/2000/svg", "class": "margin-plot", "role": "img", "width": "440",
                "height": "440", "viewBox": "-220 -220 440 440", "data-radius": coordinate(SphereDrawing.radius),
                "data-turn": SphereDrawing.turn.map { decimal($0, places: 6) }.joined(separator: " "),
            ],
            elements: [
                SVGElement("title", text: [title, subtitle].filter { !$0.isEmpty }.joined(separator: " – ")),
                SVGElement(
                    "desc", text: "\(points.count) directions of \(groups.count) groups on a sphere. \(statement)"),
            ] + more + SphereDrawing(plot: self).elements)
    }

    var markup: Markup {
        let turns = [
            ("ArrowLeft", "←", "Turn left"), ("ArrowUp", "↑", "Turn up"), ("ArrowDown", "↓", "Turn down"),
            ("ArrowRight", "→", "Turn right"), ("Home", "⟲", "First view"),
        ].map { key, sign, name in
            Markup.element(
                "button", ["type": "button", "data-key": key, "aria-label": name, "title": name], text: sign)
        }
        let choices = groups.enumerated().map { group, name in
            Markup.element(
                "li", [:],
                [
                    .element(
                        "button", ["type": "button", "aria-pressed": "false", "data-g": "\(group)"],
                        [.drawing(Self.glyph(group)), .text(name)])
                ])
        }
        return .element(
            "figure", ["class": "sphere"],
            [
                .element(
                    "figcaption", [:],
                    [.element("strong", text: title)]
                        + (subtitle.isEmpty ? [] : [.element("span", ["class": "of"], text: subtitle)])),
                .element(
                    "div", [:],
                    [
                        .element(
                            "div",
                            [
                                "class": "globe", "role": "group",
                                "aria-label": "Sphere; the arrow keys turn it, Home brings back the first view",
                            ], [.drawing(element())]),
                        .element("div", ["class": "turns", "hidden": ""], turns),
                        .element("p", ["class": "unseen", "aria-live": "polite"]),
                    ]),
                .element(
                    "div", ["class": "side"],
                    [
                        .element("p", text: statement),
                        .element(
                            "p", ["class": "hint"],
                            text: "Drag it, or use the arrow keys. A name shows its points alone."),
                        .element("ul", ["class": "groups"], choices),
                    ]),
                FigureData(csv: csv(), name: title, file: file).markup,
            ])
    }

    private static func glyph(_ group: Int) -> SVGElement {
        SVGElement(
            "svg", ["class": "margin-plot", "viewBox": "-6 -6 12 12", "aria-hidden": "true"],
            elements: [
                SVGElement("title", text: "mark"),
                SVGElement(
                    "g", ["class": "front"],
                    elements: [
                        SVGElement("path", ["class": SphereDrawing.className(group), "d": SphereDrawing.shape(group)])
                    ]),
            ])
    }
}
