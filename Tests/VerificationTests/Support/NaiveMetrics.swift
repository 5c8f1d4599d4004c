@testable import Verification

/// The metrics by their definitions, from plain lists and by quadratic counting: nothing is sorted, bisected or
/// weighted, so nothing can be wrong in the same way as in the module.
struct NaiveMetrics {
    let genuine: [Double]
    let impostor: [Double]

    init(_ scores: Scores) {
        genuine = scores.genuine
        impostor = scores.impostor
    }

    init(genuine: [Double], impostor: [Double]) {
        self.genuine = genuine
        self.impostor = impostor
    }

    struct Point {
        let threshold, falseAcceptRate, falseRejectRate: Double
    }

    /// Every distinct score as a threshold, ascending, then one above all.
    var points: [Point] {
        let thresholds = Set(genuine + impostor).sorted() + [.infinity]
        return thresholds.map { threshold in
            Point(
                threshold: threshold,
                falseAcceptRate: Double(impostor.count { $0 >= threshold }) / Double(impostor.count),
                falseRejectRate: Double(genuine.count { $0 < threshold }) / Double(genuine.count))
        }
    }

    func equalErrorRate(_ convention: EqualErrorRate.Convention) -> Double {
        switch convention {
        case .meanAtClosest: mean(closest(points))
        case .meanAtClosestTiesSplit: mean(closest(pointsOneByOne))
        case .maximumAtClosest: larger(closest(points.reversed()))
        case .maximumAtClosestCorner: larger(closest(keptPoints))
        case .interpolated: diagonalRoot
        }
    }

    var areaUnderCurve: Double {
        var sum = 0.0
        for same in genuine {
            for other in impostor { sum += same > other ? 1 : same == other ? 0.5 : 0 }
        }
        return sum / Double(genuine.count * impostor.count)
    }

    func trueAcceptRate(_ rate: Double, _ convention: FalseAcceptConvention) -> Double {
        switch convention {
        case .atMost:
            return points.filter { $0.falseAcceptRate <= rate }.map { 1 - $0.falseRejectRate }.max() ?? 0
        case .impostorRank:
            let rank = (0...impostor.count).last { Double($0) / Double(impostor.count) <= rate } ?? 0
            let descending = impostor.sorted(by: >)
            let accepted = genuine.count { rank == 0 ? $0 > descending[0] : $0 >= descending[rank - 1] }
            return Double(accepted) / Double(genuine.count)
        case .interpolated:
            return receiverCurve(rate)
        case .nearest:
            let descending = points.sorted { $0.falseAcceptRate > $1.falseAcceptRate }
            let nearest = descending.min {
                abs($0.falseAcceptRate - rate) < abs($1.falseAcceptRate - rate)
            }?.falseAcceptRate
            return points.filter { $0.falseAcceptRate == nearest }.map { 1 - $0.falseRejectRate }.max() ?? 0
        }
    }

    var dPrime: Double {
        func moments(_ values: [Double]) -> (Double, Double) {
            let mean = values.reduce(0, +) / Double(values.count)
            return (mean, values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count))
        }
        let (genuineMean, genuineVariance) = moments(genuine)
        let (impostorMean, impostorVariance) = moments(impostor)
        return abs(genuineMean - impostorMean) / ((genuineVariance + impostorVariance) / 2).squareRoot()
    }

    /// The ROC with straight lines, the lower end where it climbs.
    private func receiverCurve(_ rate: Double) -> Double {
        let ascending = Array(points.reversed())
        let above = ascending.firstIndex { $0.falseAcceptRate >= rate } ?? ascending.count - 1
        guard above > 0 else { return 1 - ascending[0].falseRejectRate }
        let (low, high) = (ascending[above - 1], ascending[above])
        let slope =
            (low.falseRejectRate - high.falseRejectRate) / (high.falseAcceptRate - low.falseAcceptRate)
        return 1 - low.falseRejectRate + (rate - low.falseAcceptRate) * slope
    }

    /// The root of 1 − x − ROC(x), by halving the range: OpenSphere's way.
    private var diagonalRoot: Double {
        var (low, high) = (0.0, 1.0)
        for _ in 0..<60 {
            let middle = (low + high) / 2
            if 1 - middle - receiverCurve(middle) > 0 { low = middle } else { high = middle }
        }
        return high
    }

    /// The organisers' list: scores sorted stably, genuine before impostor, and rejected one after the other.
    private var pointsOneByOne: [Point] {
        let labelled = genuine.map { ($0, true) } + impostor.map { ($0, false) }
        let order = labelled.indices.sorted { (labelled[$0].0, $0) < (labelled[$1].0, $1) }
        return (0...order.count).map { rejectedCount in
            let rejected = order.prefix(rejectedCount).map { labelled[$0].1 }
            return Point(
                threshold: 0,
                falseAcceptRate: Double(impostor.count - rejected.count { !$0 }) / Double(impostor.count),
                falseRejectRate: Double(rejected.count { $0 }) / Double(genuine.count))
        }
    }

    /// scikit-learn's rule: cumulative counts from the highest score down, less the points between equal steps.
    private var keptPoints: [Point] {
        let descending = Array(points.dropLast().reversed())
        let counts = descending.map { point in
            (impostor.count { $0 >= point.threshold }, genuine.count { $0 >= point.threshold })
        }
        let kept = descending.indices.filter { place in
            guard place > 0, place < descending.count - 1 else { return true }
            let (before, here, after) = (counts[place - 1], counts[place], counts[place + 1])
            return after.0 - 2 * here.0 + before.0 != 0 || after.1 - 2 * here.1 + before.1 != 0
        }
        return [points[points.count - 1]] + kept.map { descending[$0] }
    }

    private func closest(_ points: [Point]) -> Point {
        var best = points[0]
        for point in points
        where abs(point.falseRejectRate - point.falseAcceptRate) < abs(best.falseRejectRate - best.falseAcceptRate) {
            best = point
        }
        return best
    }

    private func mean(_ point: Point) -> Double { (point.falseAcceptRate + point.falseRejectRate) / 2 }
    private func larger(_ point: Point) -> Double { max(point.falseAcceptRate, point.falseRejectRate) }
}
