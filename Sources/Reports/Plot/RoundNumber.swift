import Foundation

/// 1, 2 or 5 times a power of ten.
struct RoundNumber: Hashable {
    private let digit: Double
    private let exponent: Int

    /// The least one that is not under a positive number, give or take a millionth.
    init(atLeast least: Double) {
        precondition(least > 0 && least.isFinite, "a round number has a size")
        let exponent = Int(log10(least).rounded(.down))
        let digit = [1.0, 2, 5].first { $0 * pow(10, Double(exponent)) >= least * (1 - 1e-6) }
        self.digit = digit ?? 1
        self.exponent = digit == nil ? exponent + 1 : exponent
    }

    var value: Double { multiple(1) }

    /// The digits after the point that its multiples need.
    var decimals: Int { max(0, -exponent) }

    /// So many times the number. Dividing by a whole power gives the nearest number to 0.3, where 3 × 0.1 does not.
    func multiple(_ count: Double) -> Double {
        exponent < 0 ? count * digit / pow(10, Double(-exponent)) : count * digit * pow(10, Double(exponent))
    }
}

extension ClosedRange<Double> {
    /// The range widened to multiples of a round number, of which about `count` fit into it.
    func widened(toMultiples count: Double) -> Self {
        guard lowerBound < upperBound else { return (lowerBound - 0.5)...(lowerBound + 0.5) }
        let step = RoundNumber(atLeast: (upperBound - lowerBound) / count)
        return step.multiple(
            (lowerBound / step.value).rounded(.down))...step.multiple((upperBound / step.value).rounded(.up))
    }
}
