import Foundation
import Torch
import Verification

/// How close together the features of one class lie, and how far apart those of different classes, by their directions
/// alone, whatever the head was.
///
/// With the mean direction μ_k of the unit features of class k: the angle within is the mean of ∠(x, μ_k) over a class's
/// features, then over classes; the angle between is the mean of ∠(μ_k, μ_l) over pairs of classes, and the nearest is
/// the mean over classes of the smallest of them.
struct ClassSpread {
    /// In radians.
    let within, between, nearest: Double

    /// - Parameters:
    ///   - features: [N, d].
    ///   - labels: the class of each row; classes without rows do not count.
    init(_ features: Tensor, labels: [Int]) throws {
        let unit = try features.to(.float64).unitRows()
        let size = unit.size(1)
        let numbers = try unit.reals()
        let classes = Set(labels).sorted()
        let places = Dictionary(uniqueKeysWithValues: classes.enumerated().map { ($1, $0) })
        var sums = classes.map { _ in [Double](repeating: 0, count: size) }
        for (row, label) in labels.enumerated() {
            let place = places[label] ?? 0
            for k in 0..<size { sums[place][k] += numbers[row * size + k] }
        }
        let means = sums.map(Self.unit)
        func angle(_ first: some Collection<Double>, _ second: [Double]) -> Double {
            acos(min(1, max(-1, zip(first, second).reduce(0) { $0 + $1.0 * $1.1 })))
        }
        var totals = classes.map { _ in (angle: 0.0, count: 0) }
        for (row, label) in labels.enumerated() {
            let place = places[label] ?? 0
            totals[place].angle += angle(numbers[row * size..<(row + 1) * size], means[place])
            totals[place].count += 1
        }
        within = totals.reduce(0) { $0 + $1.angle / Double($1.count) } / Double(classes.count)
        let angles = means.map { first in means.map { angle(first, $0) } }
        let pairs = angles.indices.flatMap { first in angles.indices.filter { $0 > first }.map { angles[first][$0] } }
        between = pairs.isEmpty ? 0 : pairs.reduce(0, +) / Double(pairs.count)
        let smallest = angles.indices.compactMap { first in
            angles.indices.filter { $0 != first }.map { angles[first][$0] }.min()
        }
        nearest = smallest.isEmpty ? 0 : smallest.reduce(0, +) / Double(smallest.count)
    }

    private static func unit(_ row: [Double]) -> [Double] {
        let length = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return length > 0 ? row.map { $0 / length } : row
    }

    /// In degrees.
    var figures: [NamedValue] {
        [
            ("within-class angle[degrees, to the class's mean direction]", within),
            ("between-class angle[degrees, mean of pairs of mean directions]", between),
            ("nearest-class angle[degrees, between mean directions]", nearest),
        ].map { NamedValue(name: $0, value: $1 * 180 / .pi) }
    }
}
