import Verification

/// What one method attains when it is set in several ways: the recall of a critical class, and the accuracy it costs.
public struct TradeOff: Sendable {
    /// One setting, measured.
    public struct Point: Hashable, Sendable {
        public var accuracy: Double
        public var recall: Double
        public var accuracyInterval: Interval?
        public var recallInterval: Interval?

        public init(
            accuracy: Double, recall: Double, accuracyInterval: Interval? = nil, recallInterval: Interval? = nil
        ) {
            self.accuracy = accuracy
            self.recall = recall
            self.accuracyInterval = accuracyInterval
            self.recallInterval = recallInterval
        }

        /// The estimates of a bootstrap.
        public init(accuracy: Estimate, recall: Estimate) {
            self.init(
                accuracy: accuracy.value, recall: recall.value, accuracyInterval: accuracy.interval,
                recallInterval: recall.interval)
        }
    }

    public var name: String
    /// In the order in which they are connected.
    public var points: [Point]
    public var look: Plot.Look
    /// Whether points are marked; those of a curve with hundreds of them are not.
    public var isMarked: Bool

    public init(name: String, points: [Point], look: Plot.Look, isMarked: Bool = true) {
        self.name = name
        self.points = points
        self.look = look
        self.isMarked = isMarked
    }

    /// Everything that moving the decision attains (``/Verification/DecisionShift``).
    public init(name: String, shift: DecisionShift, look: Plot.Look) {
        self.init(
            name: name, points: shift.points.map { Point(accuracy: $0.accuracy, recall: $0.recall) }, look: look,
            isMarked: false)
    }
}

extension Plot {
    /// What recall costs in accuracy: a connected curve per method, with intervals in both directions.
    ///
    /// Lines are drawn through the reference's accuracy, which is to be kept, and its recall, which is to be raised: what
    /// lies to the upper right of both is gain. The axes show all marked points with their intervals; of a curve without
    /// marks that much which lies beside them.
    ///
    /// - Parameters:
    ///   - className: the critical class.
    ///   - reference: what the others are compared with, and what it is called.
    /// - Precondition: there is a point.
    public static func tradeOff(
        _ methods: [TradeOff], className: String, reference: (name: String, point: TradeOff.Point)? = nil,
        title: String = "Recall against accuracy", subtitle: String = ""
    ) -> Plot {
        let marked = methods.filter(\.isMarked).flatMap(\.points) + (reference.map { [$0.point] } ?? [])
        let shown = marked.isEmpty ? methods.flatMap(\.points) : marked
        precondition(!shown.isEmpty, "a plot of points has a point")
        let accuracies = range(shown.flatMap { [$0.accuracy] + ($0.accuracyInterval?.ends ?? []) })
        let recalls = range(shown.flatMap { [$0.recall] + ($0.recallInterval?.ends ?? []) })

        var series = reference.map { lines(through: $0, accuracies: accuracies, recalls: recalls) } ?? []
        series += methods.filter { $0.points.count > 1 }.map { method in
            Series(
                name: method.name, mark: .line(method.points.map { Point($0.accuracy, $0.recall) }), look: method.look,
                isInLegend: !method.isMarked)
        }
        series += methods.filter { $0.isMarked && !$0.points.isEmpty }.map {
            Series(name: $0.name, mark: .crosses($0.points.map(\.cross)), look: $0.look)
        }
        if let reference {
            series.append(
                Series(name: reference.name, mark: .crosses([reference.point.cross]), look: Look(color: .muted)))
        }
        let intervals = shown.flatMap { [$0.accuracyInterval, $0.recallInterval] }.compactMap(\.self)
        return Plot(
            title: title, subtitle: subtitle,
            summary: "Recall of \(className) against accuracy. " + summary(methods, reference: reference),
            horizontal: Axis(label: "Accuracy, %", range: accuracies, numbers: .percent),
            panels: [
                Panel(
                    vertical: Axis(label: "Recall of \(className), %", range: recalls, numbers: .percent),
                    series: series, shape: .high(320))
            ],
            notes: Set(intervals.map(\.confidence)).sorted().map { "Bars: \(grouped($0 * 100)) % intervals." })
    }

    /// Across both axes, so that gain and loss can be told.
    private static func lines(
        through reference: (name: String, point: TradeOff.Point), accuracies: ClosedRange<Double>,
        recalls: ClosedRange<Double>
    ) -> [Series] {
        let across = [accuracies.lowerBound, accuracies.upperBound].map { Point($0, reference.point.recall) }
        let along = [recalls.lowerBound, recalls.upperBound].map { Point(reference.point.accuracy, $0) }
        return [across, along].map {
            Series(
                name: reference.name, mark: .line($0), look: Look(color: .muted, stroke: .dashed, isFaint: true),
                isInLegend: false)
        }
    }

    /// Widened by a twentieth, within 0 ... 1.
    private static func range(_ values: [Double]) -> ClosedRange<Double> {
        let (lowest, highest) = (values.min() ?? 0, values.max() ?? 1)
        let room = max(0.05 * (highest - lowest), 0.005)
        return max(0, lowest - room)...min(1, highest + room)
    }

    private static func summary(
        _ methods: [TradeOff], reference: (name: String, point: TradeOff.Point)?
    ) -> String {
        func text(_ name: String, _ point: TradeOff.Point) -> String {
            "\(name): recall \(percentText(point.recall)) at accuracy \(percentText(point.accuracy))"
        }
        let best = methods.compactMap { method in
            method.points.max { $0.recall < $1.recall }.map { text("\(method.name), highest recall", $0) }
        }
        return ((reference.map { [text($0.name, $0.point)] } ?? []) + best).joined(separator: "; ") + "."
    }
}

extension TradeOff.Point {
    fileprivate var cross: Plot.Cross {
        Plot.Cross(
            Plot.Point(accuracy, recall), horizontal: accuracyInterval.map { $0.lower...$0.upper },
            vertical: recallInterval.map { $0.lower...$0.upper })
    }
}

extension Interval {
    fileprivate var ends: [Double] { [lower, upper] }
}
