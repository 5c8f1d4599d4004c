/// Draws shapes in one look.
struct MarkDrawing {
    let look: Plot.Look

    private func element(_ name: String, _ points: [Plot.Point], isClosed: Bool = false) -> SVGElement {
        SVGElement(
            "path",
            ["class": "\(name) \(Theme.className(of: look.color))", "d": PathText(points, isClosed: isClosed).text])
    }

    /// A line; a point by itself is a dot.
    func line(_ points: [Plot.Point]) -> SVGElement {
        if points.count == 1 { return dot(points[0]) }
        let stroke =
            switch look.stroke {
            case .solid: ""
            case .dashed: " dashed"
            case .dotted: " dotted"
            }
        return element("line" + stroke + (look.isFaint ? " faint" : ""), points)
    }

    func area(_ points: [Plot.Point]) -> SVGElement { element("area", points, isClosed: true) }

    /// Paler than an area, and behind everything.
    func veil(_ points: [Plot.Point]) -> SVGElement { element("veil", points, isClosed: true) }

    /// How far a point is known: through it, in one direction.
    func bar(_ points: [Plot.Point]) -> SVGElement { element("bar", points) }

    /// A filled square; `share` is between 0 and 1.
    func cell(_ frame: Frame, share: Double, summary: String) -> SVGElement {
        SVGElement(
            "rect",
            [
                "class": "cell \(Theme.className(of: look.color))", "x": coordinate(frame.left),
                "y": coordinate(frame.top), "width": coordinate(frame.width), "height": coordinate(frame.height),
                "fill-opacity": coordinate(Self.opacity(share)),
            ], elements: summary.isEmpty ? [] : [SVGElement("title", text: summary)])
    }

    /// The square root, from what is just seen on, so that one of a thousand is told from none.
    static func opacity(_ share: Double) -> Double { 0.12 + 0.88 * share.squareRoot() }

    /// A disc; for looks that a line would draw dashed or dotted, a square or a triangle.
    func dot(_ point: Plot.Point) -> SVGElement {
        let radius = look.isFaint ? 3 : 4.25
        func corners(_ places: [(Double, Double)]) -> SVGElement {
            element("dot", places.map { Plot.Point(point.x + $0 * radius, point.y + $1 * radius) }, isClosed: true)
        }
        switch look.stroke {
        case .solid:
            return SVGElement(
                "circle",
                [
                    "class": "dot \(Theme.className(of: look.color))", "cx": coordinate(point.x),
                    "cy": coordinate(point.y), "r": coordinate(radius),
                ])
        case .dashed: return corners([(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)])
        case .dotted: return corners([(0, -1.15), (1.1, 0.85), (-1.1, 0.85)])
        }
    }
}
