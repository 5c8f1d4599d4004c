import AngularMargin
import Foundation
import Reports

extension Plot {
    /// ψ and η of a head over the angle, and their slopes by the cosine.
    ///
    /// - Parameter settings: as given, for the subtitle.
    public static func head(_ preset: HeadPreset, _ head: Head, settings: String = "") throws -> Plot {
        let angles = (0...240).map { Double($0) / 240 * .pi }
        let curves = try head.curves(at: angles)
        let values = curves.map { Series($0, head, $0.values) }
        // At 0 and π a slope may have no end; what is given there is a convention and not drawn.
        let slopes = curves.map { Series($0, head, $0.slopes, inside: true) }
        return Plot(
            title: preset.title, subtitle: settings,
            summary: "What replaces the cosine in a logit, over the angle from 0 to 180 degrees, and its slope: "
                + curves.map(\.summary).joined(separator: "; ") + ".",
            horizontal: Axis(label: "Angle θ, degrees", range: 0...180),
            panels: [
                Panel(
                    vertical: Axis(label: "Value", range: range(curves.flatMap(\.values), within: -9...3)),
                    series: values, shape: .high(220)),
                Panel(
                    vertical: Axis(
                        label: "Slope by cos θ", range: range(curves.flatMap { $0.slopes[1..<240] }, within: -2...6)),
                    series: slopes.map { Series(name: $0.name, mark: $0.mark, look: $0.look, isInLegend: false) },
                    shape: .high(160)),
            ],
            notes: notes(head))
    }

    private static func range(_ values: [Double], within limits: ClosedRange<Double>) -> ClosedRange<Double> {
        let low = max(limits.lowerBound, min(0, values.min() ?? 0))
        let high = min(limits.upperBound, max(1, values.max() ?? 1))
        let room = (high - low) * 0.06
        return low - room...high + room
    }

    private static func notes(_ head: Head) -> [String] {
        let gradient: String? =
            switch head.gradient {
            case .full: nil
            case .detached: "Slopes are the margin's own; the gradient is detached and takes those without margin."
            case .straightThrough: "Slopes are the margin's own; the gradient takes 1."
            }
        return [gradient].compactMap { $0 }
    }
}

extension Plot.Series {
    /// A curve; the ends of the angle left out where `inside`.
    fileprivate init(_ curve: MarginCurve, _ head: Head, _ values: [Double], inside: Bool = false) {
        let points = zip(curve.angles, values).map { Plot.Point($0 * 180 / .pi, $1) }
        let index = curve.role == .target ? 0 : 1
        self.init(
            name: curve.legend(head), mark: .line(inside ? Array(points[1..<(points.count - 1)]) : points),
            look: .init(
                color: .series(index), stroke: [.solid, .dashed, .dotted][curve.example % 3]))
    }
}

extension MarginCurve {
    fileprivate var summary: String {
        "\(role.rawValue)\(name.isEmpty ? "" : " with \(name)") from \(text(values.first)) to \(text(values.last))"
    }

    private func text(_ value: Double?) -> String { String(format: "%.3g", value ?? 0) }

    fileprivate func legend(_ head: Head) -> String {
        let place: String =
            switch (role, head.negatives) {
            case (.target, _) where head.objective.kind == .contrastive: "pairs"
            case (.others, _) where head.objective.kind == .contrastive: "all others"
            case (.target, _): "own class"
            case (.others, .all): "other classes"
            case (.others, .nearest(let count)): "the \(count) nearest other classes"
            case (.others, .above): "other classes nearer than the own"
            }
        return "\(role.rawValue), \(place)" + (name.isEmpty ? "" : ", \(name)")
    }
}
