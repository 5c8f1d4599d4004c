/// What becomes of decisions when a number b is added to the scores of some critical classes before the highest score
/// decides: the recall of those classes can be bought with accuracy.
///
/// A sample whose best critical score is a and whose best other score is o is decided for a critical class from
/// b = o − a on; at exactly that b scores tie, and the lower class is decided for. Each sample so changes once, and one
/// sort gives every b at once, in O(N log N).
///
/// Rates of several critical classes are pooled: recall is the share of their samples that were decided for their own
/// class, precision the share of decisions for any of them that were right.
///
/// ```swift
/// let shift = DecisionShift(developmentScores, classes: [14])
/// if let point = shift.best(keepingAccuracy: 0.98) {
///     DecisionShift(testScores, classes: [14]).point(at: point.bias).recall
/// }
/// ```
public struct DecisionShift: Sendable {
    /// The decisions of one range of b.
    public struct Point: Hashable, Sendable, Codable {
        /// All b with these decisions; the first range begins at the lowest finite number, the last ends at the highest.
        public let biases: ClosedRange<Double>
        /// The number of samples of critical classes.
        public let labelledCount: Int
        /// The number of samples decided for a critical class.
        public let decidedCount: Int
        /// The number of samples of critical classes that were decided for their own class.
        public let criticalCorrectCount: Int
        /// The number of samples that were decided rightly.
        public let correctCount: Int
        public let sampleCount: Int

        /// The b of these decisions that is nearest to 0.
        public var bias: Double { min(max(0, biases.lowerBound), biases.upperBound) }
        /// 0 without samples of critical classes.
        public var recall: Double { rate(criticalCorrectCount, labelledCount) }
        /// 0 without decisions for critical classes.
        public var precision: Double { rate(criticalCorrectCount, decidedCount) }
        public var f1Score: Double { rate(2 * criticalCorrectCount, labelledCount + decidedCount) }
        /// Of all samples.
        public var accuracy: Double { rate(correctCount, sampleCount) }

        private func rate(_ count: Int, _ total: Int) -> Double { total > 0 ? Double(count) / Double(total) : 0 }
    }

    /// The critical classes.
    public let classes: Set<Int>
    /// Every set of decisions that there is, ascending by b; their ranges follow each other.
    public let points: [Point]
    private let samples: LabelledSamples
    private let changes: [Change]

    /// How one sample's decision changes.
    private struct Change {
        /// o − a.
        let bias: Double
        /// Whether the critical class, being the lower one, is decided for at exactly that b.
        let isAtBias: Bool
        let critical: Int
        let other: Int

        func decision(at b: Double) -> Int { b > bias || (b == bias && isAtBias) ? critical : other }
    }

    /// Finds all changes.
    ///
    /// - Precondition: there is a critical class, another one, and all critical ones exist.
    public init(_ scores: ClassScores, classes: Set<Int>) {
        precondition(
            !classes.isEmpty && classes.count < scores.classCount
                && classes.allSatisfy((0..<scores.classCount).contains),
            "critical classes are some of the classes and not all")
        let isCritical = (0..<scores.classCount).map(classes.contains)
        let changes = (0..<scores.samples.count).map { sample in
            let row = Array(scores.row(sample))
            func best(critical: Bool) -> Int {
                var best: Int?
                for index in row.indices where isCritical[index] == critical {
                    if best.map({ row[index] > row[$0] }) ?? true { best = index }
                }
                return best ?? 0
            }
            let (critical, other) = (best(critical: true), best(critical: false))
            return Change(
                bias: Double(row[other]) - Double(row[critical]), isAtBias: critical < other, critical: critical,
                other: other)
        }
        self.classes = classes
        self.changes = changes
        samples = scores.samples
        points = Self.points(changes, labels: scores.samples.labels, isCritical: isCritical)
    }

    /// What is decided at one b.
    ///
    /// - Precondition: b is finite.
    public func decisions(at bias: Double) -> ClassDecisions {
        precondition(bias.isFinite, "a bias is a finite number")
        return ClassDecisions(known: changes.map { $0.decision(at: bias) }, of: samples)
    }

    /// The rates at one b.
    ///
    /// - Precondition: b is finite.
    public func point(at bias: Double) -> Point {
        precondition(bias.isFinite, "a bias is a finite number")
        var (lower, upper) = (0, points.count - 1)
        while lower < upper {
            let middle = (lower + upper) / 2
            if points[middle].biases.upperBound < bias { lower = middle + 1 } else { upper = middle }
        }
        return points[lower]
    }

    /// The point with the highest recall whose accuracy is not below a floor; of several that of the highest accuracy,
    /// and then that of the b nearest to 0. None where no b keeps the accuracy.
    public func best(keepingAccuracy floor: Double) -> Point? {
        points.filter { $0.accuracy >= floor }.max {
            ($0.criticalCorrectCount, $0.correctCount, -$0.bias.magnitude)
                < ($1.criticalCorrectCount, $1.correctCount, -$1.bias.magnitude)
        }
    }

    private static func points(_ changes: [Change], labels: [Int], isCritical: [Bool]) -> [Point] {
        let labelledCount = labels.count { isCritical[$0] }
        var decidedCount = 0
        var criticalCorrectCount = 0
        var correctCount = zip(changes, labels).count { $0.other == $1 }
        var points: [Point] = []
        var start = -Double.greatestFiniteMagnitude
        func close(through end: Double) {
            points.append(
                Point(
                    biases: start...end, labelledCount: labelledCount, decidedCount: decidedCount,
                    criticalCorrectCount: criticalCorrectCount, correctCount: correctCount, sampleCount: labels.count))
        }
        // A sample changes at the first b that decides otherwise.
        func first(_ change: Change) -> Double { change.isAtBias ? change.bias : change.bias.nextUp }
        let order = ascendingWithPlaces(changes.map(first))
        for (bias, place) in zip(order.scores, order.places) {
            if bias != start {
                close(through: bias.nextDown)
                start = bias
            }
            let (change, label) = (changes[Int(place)], labels[Int(place)])
            decidedCount += 1
            criticalCorrectCount += change.critical == label ? 1 : 0
            correctCount += (change.critical == label ? 1 : 0) - (change.other == label ? 1 : 0)
        }
        close(through: .greatestFiniteMagnitude)
        return points
    }
}
