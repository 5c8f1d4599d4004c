import Foundation
import Torch

/// Features, class weights and labels as plain numbers.
struct Problem: Sendable {
    var features: [[Double]]
    var weights: [[Double]]
    var labels: [Int]

    /// Normal numbers, rounded to values that float32 holds.
    static func random(batch: Int, classes: Int, dimension: Int, seed: UInt64) -> Problem {
        var source = SplitMix(seed: seed)
        func matrix(_ rows: Int) -> [[Double]] {
            (0..<rows).map { _ in (0..<dimension).map { _ in Double(Float(source.normal())) } }
        }
        return Problem(
            features: matrix(batch), weights: matrix(classes),
            labels: (0..<batch).map { _ in Int(source.next() % UInt64(classes)) })
    }

    func tensors(_ type: ScalarType = .float64) throws -> (features: Tensor, weights: Tensor, labels: Tensor) {
        (
            try Self.tensor(features).to(type).requireGradient(),
            try Self.tensor(weights).to(type).requireGradient(), try Tensor(labels)
        )
    }

    static func tensor(_ rows: [[Double]]) throws -> Tensor {
        try Tensor(rows.flatMap { $0 }, shape: [rows.count, rows[0].count])
    }
}

/// A small generator with known output, so that problems do not change with the standard library.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// In (0, 1).
    mutating func uniform() -> Double { (Double(next() >> 11) + 0.5) * 0x1p-53 }

    mutating func normal() -> Double { sqrt(-2 * log(uniform())) * cos(2 * .pi * uniform()) }
}

/// The length of a vector.
func length(_ vector: [Double]) -> Double { vector.reduce(0) { $0 + $1 * $1 }.squareRoot() }

/// ‖a − b‖.
func distance(_ first: [Double], _ second: [Double]) -> Double { length(zip(first, second).map(-)) }
