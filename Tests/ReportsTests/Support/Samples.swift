import Reports
import Verification

enum Samples {
    /// Five genuine and eight impostor scores, with a tie across.
    static func curve() throws -> ErrorRateCurve {
        ErrorRateCurve(
            try Scores(genuine: [0.9, 0.8, 0.75, 0.5, 0.3], impostor: [0.5, 0.4, 0.3, 0.2, 0.15, 0.1, 0, -0.2]))
    }

    /// Evenly random scores.
    static func curve(seed: UInt64, genuineCount: Int, impostorCount: Int) throws -> ErrorRateCurve {
        var generator = SplitMix64(seed: seed)
        return ErrorRateCurve(
            try Scores(
                genuine: (0..<genuineCount).map { _ in Double.random(in: 0...1, using: &generator) },
                impostor: (0..<impostorCount).map { _ in Double.random(in: -0.6...0.6, using: &generator) }))
    }

    /// One line on linear axes.
    static func plot(_ points: [Plot.Point], name: String = "line", title: String = "Title") -> Plot {
        Plot(
            title: title, horizontal: .init(label: "x", range: 0...10),
            panels: [
                .init(
                    vertical: .init(label: "y", range: 0...1),
                    series: [.init(name: name, mark: .line(points), look: .ofSeries(0))])
            ])
    }
}
