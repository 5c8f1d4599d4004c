import CKernels
import Foundation

/// What is carried for each sample from one tile of classes to the next.
final class ClassRows: @unchecked Sendable {
    private let count: Int
    private let floats: UnsafeMutablePointer<Float>
    private let doubles: UnsafeMutablePointer<Double>
    private let classes: UnsafeMutablePointer<Int64>

    init(count: Int) {
        self.count = count
        floats = .allocate(capacity: 3 * count)
        floats.initialize(repeating: 0, count: 3 * count)
        doubles = .allocate(capacity: 2 * count)
        doubles.initialize(repeating: 0, count: 2 * count)
        classes = .allocate(capacity: count)
        classes.initialize(repeating: -1, count: count)
    }

    deinit {
        floats.deallocate()
        doubles.deallocate()
        classes.deallocate()
    }

    var forKernel: ck_class_rows {
        ck_class_rows(
            shifts: floats, sums: doubles, factors: floats + count, best: floats + 2 * count, best_class: classes)
    }
    var sigmoidsForKernel: UnsafeMutablePointer<Double> { doubles + count }

    var shifts: [Float] { Array(UnsafeBufferPointer(start: floats, count: count)) }
    var factors: [Float] { Array(UnsafeBufferPointer(start: floats + count, count: count)) }
    private var sums: [Double] { Array(UnsafeBufferPointer(start: doubles, count: count)) }
    var sigmoids: [Double] { Array(UnsafeBufferPointer(start: doubles + count, count: count)) }
    var nearest: [Int] { UnsafeBufferPointer(start: classes, count: count).map { Int($0) } }

    func results(of summand: ClassStream.Summand) -> [Double] {
        switch summand {
        case .logistic: sums
        case .exponential: zip(shifts, sums).map { Double($0) + log($1) }
        }
    }

    /// What e^(z − `shift`) is to be multiplied by to be the probability among the others, times a seed.
    func factors(_ seeds: [Float], since shift: [Float]) -> [Float] {
        let now = shifts
        return sums.indices.map { row in
            sums[row] == 0 ? 0 : Float(Double(seeds[row]) * exp(Double(shift[row]) - Double(now[row])) / sums[row])
        }
    }
}
