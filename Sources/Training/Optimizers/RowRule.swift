import CKernels
import Torch

/// An optimiser that can step the rows of a parameter one by one.
protocol RowSteppingOptimizer: Optimizer {
    /// What it does to the rows of one of its parameters.
    func rule(of parameter: SteppedParameter) -> any RowRule
}

extension RowSteppingOptimizer {
    /// `nil` for a parameter that is not its own.
    func rule(of tensor: Tensor) -> (any RowRule)? {
        for (index, group) in groups.enumerated() {
            if let position = group.position(of: tensor) {
                return rule(of: SteppedParameter(group: group, index: index, position: position))
            }
        }
        return nil
    }
}

/// A parameter of an optimiser, and where it keeps what belongs to it.
struct SteppedParameter {
    let group: ParameterGroup
    /// The group's place, and the parameter's in it.
    let index: Int
    let position: Int

    var tensor: Tensor { group.parameters[position].tensor }
}

/// What an optimiser does to the rows of one matrix, [R, D] in float32 on the CPU.
///
/// Steps are counted from 0 since the last ``forgetSteps()``; a row may be some steps behind.
protocol RowRule {
    /// Begins a step.
    ///
    /// - Parameter learningRate: before the group's own factor.
    mutating func begin(learningRate: Double) throws
    /// The step just begun shall not have been.
    mutating func withdraw() throws
    /// The step just begun, of neighbouring rows: what the whole matrix would do, bit for bit.
    func step(_ rows: Range<Int>, gradient: Tensor) throws
    /// The step just begun, of other rows.
    func step(_ rows: [Int], gradient: Tensor) throws
    /// Steps with a gradient of zero, from each row's own up to `end`, each rounded as a step is.
    func idle(_ rows: [Int], from begins: [Int32], to end: Int) throws
    /// Begins to count anew, once every row has made all steps.
    mutating func forgetSteps()
}

extension ParameterGroup {
    /// Where a parameter stands.
    func position(of parameter: Tensor) -> Int? { parameters.firstIndex { $0.tensor.isSame(as: parameter) } }
}

/// Addresses that threads may share while the one that lends them waits.
struct RowMemory: @unchecked Sendable {
    let rows: UnsafePointer<Int64>
    let begins: UnsafePointer<Int32>?
    /// The gradient, then the matrices that are changed.
    let matrices: [UnsafeMutablePointer<Float>?]

    /// Calls `body` with the first of some rows and how many, on all threads.
    ///
    /// - Parameter matrices: contiguous, in float32.
    static func concurrently(
        _ rows: [Int], begins: [Int32]? = nil, matrices: [Tensor?],
        _ body: @Sendable (_ memory: RowMemory, _ first: Int, _ count: Int64) -> Void
    ) throws {
        let addresses = try matrices.map { try $0?.withElements(of: Float.self) { $0.baseAddress } ?? nil }
        rows.map(Int64.init).withUnsafeBufferPointer { numbers in
            (begins ?? []).withUnsafeBufferPointer { begins in
                guard let start = numbers.baseAddress else { return }
                let memory = RowMemory(rows: start, begins: begins.baseAddress, matrices: addresses)
                let count = numbers.count
                Libtorch.concurrently((count + 63) / 64) { chunk in
                    body(memory, chunk * 64, Int64(min(64, count - chunk * 64)))
                }
            }
        }
        withExtendedLifetime(matrices) {}
    }
}
