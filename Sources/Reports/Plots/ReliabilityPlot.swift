import Verification

/// How reliable one classifier's probabilities are, to be drawn beside others.
public struct ReliabilitySeries: Hashable, Sendable {
    public var name: String
    public var curve: ReliabilityCurve
    public var look: Plot.Look

    public init(name: String, curve: ReliabilityCurve, look: Plot.Look) {
        self.name = name
        self.curve = curve
        self.look = look
    }

    /// The name with the expected calibration error.
    fileprivate var legend: String { "\(name), ECE \(percentText(curve.expectedCalibrationError))" }
}

extension Plot {
    /// The reliability diagram: how often decisions were right, against how probable they were said to be, and beneath it
    /// how many decisions were said to be so probable.
    ///
    /// Where probabilities are right, points lie on the diagonal; below it the classifier is too sure of itself.
    ///
    /// - Precondition: there is a curve.
    public static func reliability(
        _ all: [ReliabilitySeries], title: String = "Reliability", subtitle: String = ""
    ) -> Plot {
        precondition(!all.isEmpty, "a plot of curves has a curve")
        let diagonal = Series(
            name: "right as often as said", mark: .line([Point(0, 0), Point(1, 1)]),
            look: Look(color: .muted, stroke: .dashed, isFaint: true))
        let crosses = all.map { one in one.curve.bins.compactMap(cross) }
        let lines = zip(all, crosses).map {
            Series(name: $0.name, mark: .line($1.map(\.point)), look: $0.look, isInLegend: false)
        }
        let dots = zip(all, crosses).map { Series(name: $0.legend, mark: .crosses($1), look: $0.look) }
        let shares = all.map { one in
            one.curve.bins.map {
                Bin(
                    lower: $0.lower, upper: $0.upper,
                    height: Double($0.sampleCount) / Double(one.curve.sampleCount))
            }
        }
        let top = shares.joined().map(\.height).max() ?? 1
        let errors = all.map {
            "\($0.name): expected calibration error \(percentText($0.curve.expectedCalibrationError)), "
                + "\($0.curve.bins.count) bins, \(grouped(Double($0.curve.sampleCount))) samples"
        }
        return Plot(
            title: title, subtitle: subtitle,
            summary: "Share of right decisions against their probability. \(errors.joined(separator: "; ")).",
            horizontal: Axis(label: "Probability of the class decided for, %", range: 0...1, numbers: .percent),
            panels: [
                Panel(
                    vertical: Axis(label: "Decided rightly, %", range: 0...1, numbers: .percent),
                    series: [diagonal] + lines + dots, shape: .high(320)),
                Panel(
                    vertical: Axis(
                        label: "Share of samples, %",
                        range: 0...min(1, (0...top * 1.02).widened(toMultiples: 3).upperBound),
                        numbers: .percent),
                    series: zip(all, shares).map {
                        Series(name: $0.name, mark: .histogram($1), look: $0.look, isInLegend: false)
                    }, shape: .high(90)),
            ],
            notes: ["Bars: Wilson's 95 % score intervals, which take the samples of a bin for independent."])
    }

    private static func cross(_ bin: ReliabilityCurve.Bin) -> Cross? {
        guard let confidence = bin.confidence, let accuracy = bin.accuracy else { return nil }
        let interval = Interval(wilsonScoreOf: bin.correctCount, among: bin.sampleCount)
        return Cross(Point(confidence, accuracy), vertical: interval.lower...interval.upper)
    }
}
