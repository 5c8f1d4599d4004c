import Foundation

extension Plot {
    /// The loss of every step, pale, with its smoothed course; beneath, every development figure with
    /// the best one marked.
    ///
    /// The loss is on a logarithmic axis where its smoothed course falls to a twentieth of its height or lower.
    ///
    /// - Returns: `nil` for a run without a step.
    public static func training(_ history: TrainingHistory, title: String = "Training", subtitle: String = "") -> Plot?
    {
        guard let last = history.steps.last else { return nil }
        let reach = max(1, Double(history.steps.count) / 60)
        let smoothed = smoothed(history.steps.map(\.loss), reach: reach)
        let raw = history.steps.map { Point(Double($0.step), $0.loss) }
        let course = zip(history.steps, smoothed).map { Point(Double($0.step), $1) }
        let counts =
            "\(grouped(Double(last.step))) \(last.step == 1 ? "step" : "steps") in \(last.epoch) \(last.epoch == 1 ? "epoch" : "epochs")"
        let loss = Panel(
            vertical: lossAxis(history.steps.map(\.loss), smoothed: smoothed),
            series: [
                Series(name: "loss of a step", mark: .line(raw), look: Look(color: .series(0), isFaint: true)),
                Series(
                    name: "loss, smoothed over \(grouped(2 * reach)) steps", mark: .line(course), look: .ofSeries(0)),
            ], shape: .high(230))
        let development = developmentPanel(history)
        return Plot(
            title: title, subtitle: [subtitle, counts].filter { !$0.isEmpty }.joined(separator: ": "),
            summary:
                "Loss from \(grouped(smoothed[0], decimals: 3)) to \(grouped(smoothed[smoothed.count - 1], decimals: 3)), smoothed, over \(counts). "
                + (development.map { "\($0.summary)." } ?? ""),
            horizontal: Axis(label: "Step", range: 0...Double(last.step)),
            panels: [loss] + (development.map { [$0.panel] } ?? []))
    }

    /// The mean angle between embeddings and their own class at every step, pale, with its smoothed course.
    ///
    /// - Returns: `nil` where no step has one.
    public static func targetAngle(
        _ history: TrainingHistory, title: String = "Angle to the own class", subtitle: String = ""
    ) -> Plot? {
        let steps = history.steps.compactMap { step in step.targetAngle.map { (step.step, $0 * 180 / .pi) } }
        guard let last = steps.last else { return nil }
        let reach = max(1, Double(steps.count) / 60)
        let course = smoothed(steps.map(\.1), reach: reach)
        func text(_ value: Double?) -> String { grouped(value ?? 0, decimals: 1) }
        return Plot(
            title: title,
            subtitle: [subtitle, "training batches, without the margin"].filter { !$0.isEmpty }.joined(
                separator: ": "),
            summary: "Mean angle of a batch from \(text(course.first))° to \(text(course.last))°, smoothed.",
            horizontal: Axis(label: "Step", range: 0...Double(last.0)),
            panels: [
                Panel(
                    vertical: Axis(
                        label: "Angle, degrees",
                        range: (0...min(180, max(1, steps.map(\.1).max() ?? 90))).widened(toMultiples: 5)),
                    series: [
                        Series(
                            name: "mean of a batch", mark: .line(steps.map { Point(Double($0.0), $0.1) }),
                            look: Look(color: .series(2), isFaint: true)),
                        Series(
                            name: "smoothed over \(grouped(2 * reach)) steps",
                            mark: .line(zip(steps, course).map { Point(Double($0.0), $1) }), look: .ofSeries(2)),
                    ], shape: .high(230))
            ])
    }

    /// The mean with weights e^(−|i − j| / reach): as far back as ahead, so that it does not lag behind.
    static func smoothed(_ values: [Double], reach: Double) -> [Double] {
        let decay = exp(-1 / reach)
        func trailing(_ values: some Sequence<Double>) -> [(sum: Double, weight: Double)] {
            var (sum, weight) = (0.0, 0.0)
            return values.map { value in
                sum = sum * decay + value
                weight = weight * decay + 1
                return (sum, weight)
            }
        }
        let behind = trailing(values)
        let ahead = trailing(values.reversed())
        return values.indices.map { place in
            let (before, after) = (behind[place], ahead[values.count - 1 - place])
            // Its own value is in both.
            return (before.sum + after.sum - values[place]) / (before.weight + after.weight - 1)
        }
    }

    /// Room for the smoothed course and for every loss between half and twice of what all but half a percent on
    /// either side keep to.
    private static func lossAxis(_ losses: [Double], smoothed: [Double]) -> Axis {
        let sorted = losses.sorted()
        let share = losses.count / 200
        let (low, high) = (sorted[share], sorted[losses.count - 1 - share])
        let lowest = min(max(sorted[0], low - low.magnitude / 2), smoothed.min() ?? 0)
        let highest = max(min(sorted[losses.count - 1], high + high.magnitude), smoothed.max() ?? 1)
        if lowest > 0, let floor = smoothed.min(), let top = smoothed.max(), top >= 20 * floor {
            return Axis(label: "Loss", scale: .logarithmic, range: lowest / 1.1...highest * 1.1)
        }
        return Axis(label: "Loss", range: (min(0, lowest)...highest).widened(toMultiples: 5))
    }

    private static func developmentPanel(_ history: TrainingHistory) -> (panel: Panel, summary: String)? {
        guard let name = history.evaluations.last?.name else { return nil }
        let shown = history.evaluations.filter { $0.name == name }
        func point(_ evaluation: TrainingHistory.Evaluation) -> Point {
            Point(Double(evaluation.step), evaluation.value)
        }
        guard let highest = shown.map(\.value).max() else { return nil }
        let look = Look.ofSeries(1)
        var series = [Series(name: "development \(name)", mark: .line(shown.map(point)), look: look)]
        if shown.count <= 40 {
            let dots = Look(color: look.color, isFaint: true)
            series.append(Series(name: name, mark: .dots(shown.map(point)), look: dots, isInLegend: false))
        }
        var summary = "Development \(name), measured \(shown.count) times"
        if let best = shown.last(where: \.isBest) {
            let text = "best \(percentText(best.value)), epoch \(best.epoch)"
            series.append(Series(name: text, mark: .dots([point(best)]), look: look))
            summary += ", \(text)"
        }
        let axis = Axis(
            label: "\(name), %", range: (0...max(highest, 1e-4)).widened(toMultiples: 3), numbers: .percent)
        return (Panel(vertical: axis, series: series, shape: .high(130)), summary)
    }
}
