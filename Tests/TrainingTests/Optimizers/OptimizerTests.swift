import TestSupport
import Testing
import Torch

@testable import Training

/// The formulas of the optimisers' own comments, one number at a time in Float64.
private struct Naive {
    var weight: Double
    var velocity: Double?
    var first = 0.0
    var second = 0.0
    var steps = 0.0

    mutating func descend(_ gradient: Double, _ rate: Double, _ decay: Double, momentum: Double, nesterov: Bool) {
        let g = gradient + decay * weight
        let v = velocity.map { momentum * $0 + g } ?? g
        velocity = v
        weight -= rate * (nesterov ? g + momentum * v : v)
    }

    mutating func adapt(_ gradient: Double, _ rate: Double, _ decay: Double, beta1: Double, beta2: Double) {
        steps += 1
        first = beta1 * first + (1 - beta1) * gradient
        second = beta2 * second + (1 - beta2) * gradient * gradient
        let m = first / (1 - raised(beta1, steps))
        let v = second / (1 - raised(beta2, steps))
        weight = weight - rate * decay * weight - rate * m / (v.squareRoot() + 1e-8)
    }

    private func raised(_ base: Double, _ times: Double) -> Double {
        (0..<Int(times)).reduce(1) { product, _ in product * base }
    }
}

/// Three parameters in two groups; the second gets its first gradient at the third step and none at the fifth.
private struct Problem {
    static let start: [[Double]] = [[1, -2, 0.5], [3, -0.25], [0.75]]
    static let rates: [Double] = [0.1, 0.2, 0.05, 0.1, 0.3, 0.1]

    let tensors: [Tensor]
    let groups: [ParameterGroup]

    init(_ values: [[Double]] = start) throws {
        tensors = try values.map { try Tensor($0).requireGradient() }
        let named = zip(["a", "b", "c"], tensors).map { NamedTensor(name: $0, role: .parameter, tensor: $1) }
        groups = [
            ParameterGroup(Array(named[..<2]), weightDecay: 0.01),
            ParameterGroup([named[2]], learningRateFactor: 0.5, weightDecay: 0.2),
        ]
    }

    static func gradient(_ parameter: Int, _ step: Int) -> [Double]? {
        if parameter == 1 && (step < 2 || step == 4) { return nil }
        return start[parameter].indices.map { Double(($0 + 2 * parameter + 3 * step) % 7) / 3 - 0.9 }
    }

    func setGradients(_ step: Int) throws {
        for (number, tensor) in tensors.enumerated() {
            try tensor.setGradient(Problem.gradient(number, step).map { try Tensor($0) })
        }
    }

    func step(_ optimizer: any Optimizer, _ steps: Range<Int>) throws {
        for step in steps {
            try setGradients(step)
            try optimizer.step(learningRate: Problem.rates[step])
        }
    }

    var values: [[Double]] { get throws { try tensors.map { try $0.reals() } } }

    /// What `change` makes of every number over all steps.
    static func naive(
        _ change: (inout Naive, _ gradient: Double, _ rate: Double, _ decay: Double) -> Void
    ) -> [[Double]] {
        start.enumerated().map { parameter, values in
            values.enumerated().map { position, value in
                var number = Naive(weight: value)
                for (step, rate) in rates.enumerated() {
                    guard let gradient = gradient(parameter, step) else { continue }
                    change(&number, gradient[position], parameter == 2 ? rate / 2 : rate, parameter == 2 ? 0.2 : 0.01)
                }
                return number.weight
            }
        }
    }
}

private func isClose(_ first: [[Double]], _ second: [[Double]]) -> Bool {
    zip(first.joined(), second.joined()).allSatisfy { abs($0 - $1) < 1e-7 * max(1, abs($1)) }
}

@Suite struct OptimizerTests {
    @Test(arguments: [(0.0, false), (0.9, false), (0.9, true), (0.5, true)])
    func descentFollowsItsFormula(_ momentum: Double, _ nesterov: Bool) throws {
        let problem = try Problem()
        try problem.step(SGD(problem.groups, momentum: momentum, nesterov: nesterov), 0..<6)
        let expected = Problem.naive { $0.descend($1, $2, $3, momentum: momentum, nesterov: nesterov) }
        #expect(isClose(try problem.values, expected))
    }

    @Test(arguments: [(0.9, 0.999), (0.5, 0.9), (0, 0)])
    func adamWFollowsItsFormula(_ beta1: Double, _ beta2: Double) throws {
        let problem = try Problem()
        try problem.step(AdamW(problem.groups, beta1: beta1, beta2: beta2), 0..<6)
        let expected = Problem.naive { $0.adapt($1, $2, $3, beta1: beta1, beta2: beta2) }
        #expect(isClose(try problem.values, expected))
    }

    private static let descriptions: [OptimizerDescription] = [
        .sgd(momentum: 0.9, nesterov: false), .sgd(momentum: 0.9, nesterov: true), .sgd(momentum: 0, nesterov: false),
        .adamW(beta1: 0.9, beta2: 0.99),
    ]

    /// Stopped before and after the second parameter's first gradient.
    @Test(arguments: descriptions, [1, 2, 3, 5])
    func aRestoredStateGivesTheSameFurtherSteps(_ description: OptimizerDescription, _ stop: Int) throws {
        let whole = try Problem()
        try whole.step(description.optimizer(whole.groups), 0..<6)

        let first = try Problem()
        let stopped = description.optimizer(first.groups)
        try first.step(stopped, 0..<stop)
        let stored = Dictionary(uniqueKeysWithValues: try stopped.state.map { ($0.name, try $0.tensor.cloned()) })

        let second = try Problem(first.values)
        let resumed = description.optimizer(second.groups)
        try resumed.restore(stored)
        try second.step(resumed, stop..<6)
        #expect(try second.values == whole.values)
    }

    @Test func restoringCopies() throws {
        let problem = try Problem()
        let optimizer = SGD(problem.groups)
        try problem.step(optimizer, 0..<1)
        let stored = Dictionary(uniqueKeysWithValues: try optimizer.state.map { ($0.name, try $0.tensor.cloned()) })
        let before = try stored["a.velocity"]?.reals()
        try optimizer.restore(stored)
        try problem.step(optimizer, 1..<3)
        #expect(try stored["a.velocity"]?.reals() == before)
    }

    @Test func aStateOfAnotherOptimiserOrNetworkIsRefused() throws {
        let problem = try Problem()
        let descent = SGD(problem.groups)
        let adaptive = AdamW(problem.groups)
        try problem.step(descent, 0..<1)
        try problem.step(adaptive, 0..<1)
        let ofDescent = Dictionary(uniqueKeysWithValues: descent.state.map { ($0.name, $0.tensor) })
        let ofAdaptive = Dictionary(uniqueKeysWithValues: adaptive.state.map { ($0.name, $0.tensor) })

        #expect(message { try descent.restore(ofAdaptive) }?.contains("“a.first” that is not wanted") == true)
        #expect(message { try adaptive.restore(ofDescent) }?.contains("“a.velocity” that is not wanted") == true)
        var broken = ofAdaptive
        broken["a.second"] = nil
        #expect(message { try adaptive.restore(broken) }?.contains("has no “a.second”") == true)
        broken = ofDescent
        // A single number would be broadcast to every shape.
        broken["a.velocity"] = try Tensor.ones([1], scalarType: .float64)
        #expect(message { try descent.restore(broken) }?.contains("of shape [1] where [3] is wanted") == true)
        // Nothing has been changed by all that.
        let before = try ofDescent.mapValues { try $0.reals() }
        #expect(try Dictionary(uniqueKeysWithValues: descent.state.map { ($0.name, try $0.tensor.reals()) }) == before)
    }

    @Test func theNormIsOverAllGradientsTogether() throws {
        let problem = try Problem()
        let optimizer = SGD(problem.groups)
        #expect(try optimizer.gradientNorm() == 0)
        try problem.tensors[0].setGradient(Tensor([2.0, 0, 1]))
        try problem.tensors[2].setGradient(Tensor([2.0]))
        #expect(abs(try optimizer.gradientNorm() - 3) < 1e-12)
        try optimizer.clearGradients()
        #expect(try optimizer.gradientNorm() == 0 && problem.tensors[0].gradient == nil)
        let before = try problem.values
        try optimizer.step(learningRate: 1)
        #expect(try problem.values == before)
    }
}
