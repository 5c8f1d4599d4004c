import Datasets
import Torch

/// Numbers for tests: the same for a seed, everywhere.
enum Directions {
    /// Rows of length 1 around few centres, so that scores are close together.
    static func rows(_ count: Int, size: Int, seed: UInt64, centres: Int = 7, spread: Double = 0.3) -> [[Float]] {
        var generator = SeededGenerator(seed: seed, stream: 1, 1)
        func numbers() -> [Double] { (0..<size).map { _ in Double(generator.integer(below: 20_001)) / 10_000 - 1 } }
        let middles = (0..<centres).map { _ in numbers() }
        return (0..<count).map { row in
            unit(zip(middles[row % centres], numbers()).map { $0 + spread * $1 })
        }
    }

    static func unit(_ numbers: [Double]) -> [Float] {
        let length = numbers.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return numbers.map { Float($0 / length) }
    }

    static func tensor(_ rows: [[Float]]) throws -> Tensor {
        try Tensor(rows.flatMap { $0 }, shape: [rows.count, rows.first?.count ?? 0])
    }

    /// The inner product in double precision, from the first dimension to the last.
    static func product(_ left: [Float], _ right: [Float]) -> Double {
        var sum = 0.0
        for place in left.indices { sum += Double(left[place]) * Double(right[place]) }
        return sum
    }
}
