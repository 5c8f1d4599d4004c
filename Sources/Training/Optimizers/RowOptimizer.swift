import AngularMargin
import Torch

/// Steps the rows of a class matrix as their gradients are found, so that a gradient of its size never exists.
///
/// It works with an optimiser's own settings and on its own state: whole steps and steps by rows may take turns, and
/// checkpoints are the same.
///
/// ```swift
/// try rows.begin(learningRate: 0.1)
/// let output = try head(features, labels: labels, classGradients: rows)    // the class weights change here
/// try output.loss.backward()
/// try optimizer.step(learningRate: 0.1)                                    // all other parameters
/// ```
///
/// A row that no gradient comes for makes its step with a gradient of zero: weight decay and momentum move it all the
/// same. That is put off until the row is read or the state is looked at (``catchUp()``), and then done step by
/// step with each step's learning rate and rounding, in registers: the numbers do not depend on when.
public final class RowOptimizer: ClassGradientSink {
    private var rule: any RowRule
    private let rowCount: Int
    /// Steps begun since all rows were last even, and how many of them each row has made.
    private var begun = 0
    private var made: [Int32]
    private var squares = 0.0

    /// So many steps at most are put off.
    private static let longest = 1024

    /// - Parameter parameter: one of the optimiser's, [C, D].
    /// - Returns: `nil` for an optimiser that cannot step rows, or a parameter that is not one of its matrices in
    ///   float32 on the CPU.
    public init?(_ optimizer: any Optimizer, parameter: Tensor) {
        guard let optimizer = optimizer as? any RowSteppingOptimizer, let rule = optimizer.rule(of: parameter),
            parameter.rank == 2, parameter.scalarType == .float32, parameter.device == .cpu, parameter.isContiguous
        else { return nil }
        self.rule = rule
        rowCount = parameter.size(0)
        made = [Int32](repeating: 0, count: rowCount)
    }

    /// The Euclidean norm of the gradient that was taken in the step in progress.
    public var gradientNorm: Double { squares.squareRoot() }

    /// Begins a step.
    public func begin(learningRate: Double) throws {
        if begun == Self.longest { try catchUp() }
        try rule.begin(learningRate: learningRate)
        begun += 1
        squares = 0
    }

    /// Ends a step of which nothing was taken as if it had not begun, for the whole matrix to be stepped instead.
    public func withdraw() throws {
        try rule.withdraw()
        begun -= 1
        try catchUp()
    }

    public func willRead(_ rows: SelectedClasses) throws {
        precondition(begun > 0, "a step begins before its gradients are found")
        try bring(rows, to: begun - 1)
    }

    public func take(_ rows: SelectedClasses, gradient: Tensor) throws {
        try willRead(rows)
        try withoutGradients {
            let norm = try gradient.norm([]).item()
            squares += norm * norm
            switch rows {
            case .range(let range): try rule.step(range, gradient: gradient)
            case .list(let list): try rule.step(list, gradient: gradient)
            }
        }
        for row in rows { made[row] = Int32(begun) }
    }

    /// Brings every row up to date. Before the weights or the optimiser's state are looked at.
    public func catchUp() throws {
        try bring(.range(0..<rowCount), to: begun)
        forget()
    }

    /// Takes all rows to be up to date, as after the weights and the optimiser's state were replaced.
    public func forget() {
        for row in made.indices { made[row] = 0 }
        begun = 0
        rule.forgetSteps()
    }

    private func bring(_ rows: SelectedClasses, to end: Int) throws {
        let late = rows.filter { made[$0] < end }
        guard !late.isEmpty else { return }
        try withoutGradients { try rule.idle(late, from: late.map { made[$0] }, to: end) }
        for row in late { made[row] = Int32(end) }
    }
}
