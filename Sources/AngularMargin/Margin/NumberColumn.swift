import Foundation

/// Numbers of a batch, one per sample, or one number that stands for all: margins without a graph.
struct NumberColumn: MarginScalar {
    /// As many as samples, or 1.
    let numbers: [Double]

    init(_ numbers: [Double]) { self.numbers = numbers }

    static func constant(_ value: Double) -> NumberColumn { NumberColumn([value]) }

    /// One per sample.
    func expanded(to count: Int) -> [Double] {
        numbers.count == count ? numbers : [Double](repeating: numbers[0], count: count)
    }

    static func + (left: Self, right: Self) -> Self { combined(left, right) { $0 + $1 } }
    static func - (left: Self, right: Self) -> Self { combined(left, right) { $0 - $1 } }
    static func * (left: Self, right: Self) -> Self { combined(left, right) { $0 * $1 } }
    static func / (left: Self, right: Self) -> Self { combined(left, right) { $0 / $1 } }
    static prefix func - (column: Self) -> Self { column.mapped { -$0 } }

    func power(_ exponent: Double) -> Self { mapped { pow($0, exponent) } }
    func squareRoot() -> Self { mapped { $0.squareRoot() } }
    func cosine() -> Self { mapped { cos($0) } }
    func sine() -> Self { mapped { sin($0) } }
    func arcTangent2(_ x: Self) -> Self { Self.combined(self, x) { atan2($0, $1) } }
    func floor() -> Self { mapped { $0.rounded(.down) } }

    func isLess(than other: Self) -> [Bool] { Self.zipped(numbers, other.numbers) { $0 < $1 } }

    static func select(_ condition: [Bool], _ first: Self, _ second: Self) -> Self {
        let count = max(condition.count, first.numbers.count, second.numbers.count)
        func place(_ index: Int, _ size: Int) -> Int { size == 1 ? 0 : index }
        return Self(
            (0..<count).map { index in
                condition[place(index, condition.count)]
                    ? first.numbers[place(index, first.numbers.count)]
                    : second.numbers[place(index, second.numbers.count)]
            })
    }

    @inline(__always)
    private func mapped(_ function: (Double) -> Double) -> Self { Self(numbers.map(function)) }

    @inline(__always)
    private static func combined(_ left: Self, _ right: Self, _ function: (Double, Double) -> Double) -> Self {
        Self(zipped(left.numbers, right.numbers, function))
    }

    @inline(__always)
    private static func zipped<Result>(
        _ left: [Double], _ right: [Double], _ function: (Double, Double) -> Result
    ) -> [Result] {
        if left.count == 1, right.count != 1 { return right.map { function(left[0], $0) } }
        if right.count == 1 { return left.map { function($0, right[0]) } }
        return zip(left, right).map(function)
    }
}
