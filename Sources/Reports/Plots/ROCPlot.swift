import Verification

extension Plot {
    /// The receiver operating characteristic: the true accept rate over the false accept rate, the latter on a
    /// logarithmic axis, for it is the small ones that verification is about.
    ///
    /// The height at f is the highest true accept rate at any threshold with a false accept rate of at most f.
    /// False accept rates below 30 / (impostor trials) are shaded: there the curve is mostly chance.
    ///
    /// - Precondition: there is a curve.
    public static func receiverOperatingCharacteristic(
        _ curves: [DetectionCurve], title: String = "Receiver operating characteristic", subtitle: String = ""
    ) -> Plot {
        precondition(!curves.isEmpty, "a plot of curves has a curve")
        let most = curves.map(\.curve.impostorWeight).max() ?? 1
        let start = lowestDrawnRate(impostorCount: most)
        let points = curves.map { curve in
            curve.curve.corners().reversed().map { Point($0.falseAcceptRate, $0.trueAcceptRate) }
        }
        let lowest =
            zip(curves, points).map { curve, points in
                let drawn = points.last { $0.x <= start }?.y ?? 0
                return min(drawn, curve.band?.points.map(\.lower).min() ?? 1)
            }.min() ?? 0
        let support = curves.supportedFalseAcceptRates

        var series: [Series] = []
        if support.every > start {
            let name = "fewer than 30 false accepts" + (support.every == support.any ? "" : " in some curve")
            series.append(
                Series(name: name, mark: .region(start...min(1, support.every)), look: Look(color: .muted)))
        }
        series += curves.compactMap { curve in
            curve.band.map {
                Series(name: curve.name, mark: .band($0.points), look: curve.look, isInLegend: false)
            }
        }
        series += zip(curves, points).map { Series(name: $0.legend, mark: .steps($1), look: $0.look) }
        return Plot(
            title: title, subtitle: subtitle,
            summary:
                "True accept rate at most false accept rates from \(percentText(start)) to 100 %. \(curves.summary).",
            horizontal: Axis(label: "False accept rate", scale: .logarithmic, range: start...1),
            panels: [
                Panel(
                    vertical: Axis(
                        label: "True accept rate, %", range: rateRange(from: lowest), numbers: .percent),
                    series: series, shape: .high(300))
            ],
            notes: notes(curves))
    }

    /// How the bands were made, each way once.
    private static func notes(_ curves: [DetectionCurve]) -> [String] {
        var names: [(method: String, curves: [String])] = []
        for curve in curves {
            guard let method = curve.band?.method else { continue }
            if let place = names.firstIndex(where: { $0.method == method }) {
                names[place].curves.append(curve.name)
            } else {
                names.append((method, [curve.name]))
            }
        }
        return names.map {
            "\($0.curves.count == 1 ? "Band" : "Bands") of \($0.curves.joined(separator: " and ")): \($0.method)."
        }
    }

    /// From 0, or from a round number under one in the upper half, to 1.
    private static func rateRange(from lowest: Double) -> ClosedRange<Double> {
        lowest < 0.5 ? 0...1 : (min(0.99, lowest)...1).widened(toMultiples: 5).lowerBound...1
    }
}
