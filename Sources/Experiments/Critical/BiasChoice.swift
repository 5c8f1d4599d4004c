import Verification

/// The choice of a bias on the development sets of several runs of one method: b is the same for all, and what counts
/// are the means over the runs.
struct BiasChoice {
    private let target: [Int]
    private let shifts: [DecisionShift]
    /// At which b something changes, ascending, 0 among them; evenly thinned where there are very many.
    private let biases: [Double]

    private static let mostBiases = 2000

    /// - Parameter classes: of the target.
    /// - Precondition: there is a run.
    init(_ runs: [ClassScores], classes: [Int]) {
        precondition(!runs.isEmpty, "a bias is chosen on the scores of a run")
        target = classes
        shifts = runs.map { DecisionShift($0, classes: Set(classes)) }
        let changes = Set(shifts.flatMap { $0.points.map(\.bias) }.filter(\.isFinite)).sorted()
        let step = max(1, (changes.count + Self.mostBiases - 1) / Self.mostBiases)
        let kept = stride(from: 0, to: changes.count, by: step).map { changes[$0] }
        biases = Set(kept + [0]).sorted()
    }

    /// The means over the runs at one b.
    struct Point: Equatable {
        let bias: Double
        let accuracy: Double
        let recall: Double
    }

    func point(at bias: Double) -> Point {
        let rates = shifts.map { shift -> (accuracy: Double, recall: Double) in
            if target.count == 1 {
                let point = shift.point(at: bias)
                return (point.accuracy, point.recall)
            }
            let tally = ConfusionMatrix(shift.decisions(at: bias)).tally
            return (tally.accuracy, target.reduce(0) { $0 + tally.recall(of: $1) } / Double(target.count))
        }
        let count = Double(rates.count)
        return Point(
            bias: bias, accuracy: rates.reduce(0) { $0 + $1.accuracy } / count,
            recall: rates.reduce(0) { $0 + $1.recall } / count)
    }

    /// The b with the highest recall whose accuracy is not below the floor; of equal ones that of the highest accuracy,
    /// and then the one nearest to 0. Where no b reaches the floor, that of the highest accuracy.
    func best(keepingAccuracy floor: Double) -> Point {
        let points = biases.map(point)
        let admissible = points.filter { $0.accuracy >= floor - CriticalSelection.rounding }
        let order: (Point, Point) -> Bool = { first, second in
            (first.recall, first.accuracy, -first.bias.magnitude)
                < (second.recall, second.accuracy, -second.bias.magnitude)
        }
        return admissible.max(by: order)
            ?? points.max { ($0.accuracy, $0.recall) < ($1.accuracy, $1.recall) } ?? point(at: 0)
    }

    /// Biases for a curve: from 0 in even steps to the first that costs `loss` of accuracy, or to the last change.
    func curve(count: Int, loss: Double) -> [Double] {
        let start = point(at: 0).accuracy
        let end =
            biases.first { $0 > 0 && point(at: $0).accuracy < start - loss } ?? biases.last { $0 > 0 } ?? 0
        return end > 0 ? (0..<count).map { end * Double($0) / Double(count - 1) } : [0]
    }
}
