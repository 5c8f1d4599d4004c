import Foundation

extension Plot {
    /// A place on an axis that is marked, with a label or without.
    struct Tick: Hashable {
        var value: Double
        var label: String?
    }
}

extension Plot.Axis {
    /// The marked places of the axis, ascending.
    ///
    /// - Parameters:
    ///   - length: the length of the axis as drawn.
    ///   - spacing: the least distance between labels, in the same unit.
    func ticks(length: Double, spacing: Double) -> [Plot.Tick] {
        switch scale {
        case .linear: linearTicks(count: length / spacing)
        case .logarithmic: logarithmicTicks(length: length, spacing: spacing)
        case .normalDeviate: normalDeviateTicks(length: length, spacing: spacing)
        case .categories(let names): categoryTicks(names, length: length)
        }
    }

    /// The size of the labels: small for numbers, smaller where names stand close.
    func labelSize(length: Double) -> Double {
        guard let categories else { return Layout.smallSize }
        return min(Layout.smallSize, max(Self.leastNameSize, 0.92 * length / Double(categories.count)))
    }

    private static let leastNameSize = 7.0
    /// Longer names lose their middle.
    private static let longestName = 130.0

    /// The middle of each name's place, with every name that there is room for.
    private func categoryTicks(_ names: [String], length: Double) -> [Plot.Tick] {
        let size = labelSize(length: length)
        let every = max(1, Int((size * Double(names.count) / length).rounded(.up)))
        return names.indices.map { place in
            let label = place.isMultiple(of: every) ? names[place] : nil
            return Plot.Tick(
                value: Double(place) + 0.5, label: label.map { shortened($0, width: Self.longestName, size: size) })
        }
    }

    /// Multiples of a round number.
    private func linearTicks(count: Double) -> [Plot.Tick] {
        let factor = numbers == .percent ? 100.0 : 1
        let (lower, upper) = (range.lowerBound * factor, range.upperBound * factor)
        let step = RoundNumber(atLeast: (upper - lower) / max(1, count))
        // Half a millionth of a step forgives rounding at the ends.
        let first = (lower / step.value - 5e-7).rounded(.up)
        let last = (upper / step.value + 5e-7).rounded(.down)
        return stride(from: first, through: last, by: 1).map { multiple in
            let value = step.multiple(multiple)
            return Plot.Tick(value: value / factor, label: grouped(value, decimals: step.decimals))
        }
    }

    /// Powers of ten with the multiples between them unlabelled; where there is room, 2 and 5 times each power are
    /// labelled too; over less than half a decade, the multiples of a round number.
    private func logarithmicTicks(length: Double, spacing: Double) -> [Plot.Tick] {
        let (lower, upper) = (log10(range.lowerBound), log10(range.upperBound))
        let decades = upper - lower
        if decades < 0.5 { return linearTicks(count: length / spacing) }
        let exponents = Int((lower - 1e-9).rounded(.down))...Int((upper + 1e-9).rounded(.down))
        let isPlain = exponents.lowerBound >= -3 && exponents.upperBound <= 4
        let every = max(1, Int((spacing * decades / length).rounded(.up)))
        let isRoomy = decades < 1 || log10(2) * length / decades >= 1.1 * spacing
        let labelled = isRoomy ? [1, 2, 5] : [1]
        return exponents.flatMap { exponent in
            (every == 1 ? Array(1...9) : [1]).compactMap { digit -> Plot.Tick? in
                let value = Double(digit) * pow(10, Double(exponent))
                guard value >= range.lowerBound * (1 - 1e-9), value <= range.upperBound * (1 + 1e-9) else { return nil }
                let isLabelled = labelled.contains(digit) && exponent.isMultiple(of: every)
                return Plot.Tick(value: value, label: isLabelled ? label(digit, exponent, isPlain: isPlain) : nil)
            }
        }
    }

    private func label(_ digit: Int, _ exponent: Int, isPlain: Bool) -> String {
        let shift = numbers == .percent ? 2 : 0
        if isPlain {
            return grouped(Double(digit) * pow(10, Double(exponent + shift)), decimals: max(0, -exponent - shift))
        }
        if exponent + shift == 0 { return "\(digit)" }
        return (digit == 1 ? "10" : "\(digit)·10") + superscript(exponent + shift)
    }

    /// The customary rates, the rounder ones first where there is not room for all.
    private func normalDeviateTicks(length: Double, spacing: Double) -> [Plot.Tick] {
        let percents = [
            [50, 10, 1, 90, 99, 0.1, 99.9, 0.01, 99.99, 0.001, 99.999, 0.0001, 99.9999],
            [20, 80, 5, 95, 2, 98, 40, 60], [0.5, 99.5, 0.2, 99.8, 30, 70, 0.05, 0.02, 0.005, 0.002],
        ]
        var chosen: [(value: Double, place: Double)] = []
        for percent in percents.joined() where range.contains(percent / 100) {
            let place = share(of: percent / 100) * length
            if chosen.allSatisfy({ abs($0.place - place) >= spacing }) { chosen.append((percent / 100, place)) }
        }
        return chosen.map(\.value).sorted().map { value in
            let number = numbers == .percent ? value * 100 : value
            return Plot.Tick(value: value, label: String(format: "%.6g", number))
        }
    }
}
