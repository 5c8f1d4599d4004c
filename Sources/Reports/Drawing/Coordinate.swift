/// A length with two decimals at most, as short as can be: "12", "0.5", "-3.07".
func coordinate(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    let (whole, rest) = hundredths.magnitude.quotientAndRemainder(dividingBy: 100)
    let fraction = rest == 0 ? "" : rest % 10 == 0 ? ".\(rest / 10)" : rest < 10 ? ".0\(rest)" : ".\(rest)"
    return "\(hundredths < 0 ? "-" : "")\(whole)\(fraction)"
}

/// The commands of an SVG path.
struct PathText {
    private(set) var text = ""
    private var last: (x: String, y: String)?

    /// Lifts the pen and puts it down.
    mutating func move(to point: Plot.Point) {
        let (x, y) = (coordinate(point.x), coordinate(point.y))
        text += "M\(x) \(y)"
        last = (x, y)
    }

    mutating func line(to point: Plot.Point) {
        let (x, y) = (coordinate(point.x), coordinate(point.y))
        switch (last?.x == x, last?.y == y) {
        case (true, true): return
        case (true, false): text += "V\(y)"
        case (false, true): text += "H\(x)"
        case (false, false): text += "L\(x) \(y)"
        }
        last = (x, y)
    }

    mutating func close() {
        text += "Z"
        last = nil
    }

    /// Straight lines through points.
    init(_ points: some Sequence<Plot.Point>, isClosed: Bool = false) {
        for point in points { if last == nil { move(to: point) } else { line(to: point) } }
        if isClosed { close() }
    }
}
