import Testing
import Torch

@Suite struct DifferentiableFunctionTests {
    /// x³ with a backward pass made of operations on the input.
    private func cube(_ x: Tensor) throws -> Tensor {
        try differentiable("cube", [x]) {
            (outputs: [try x.power(3)], backward: { seeds in [try seeds[0].map { try $0 * 3 * x.squared() }] })
        }[0]
    }

    @Test func backwardWrittenInSwift() throws {
        let x = try Tensor([2.0, -1]).requireGradient()
        try cube(x * 2).sum().backward()
        #expect(try x.gradient?.reals() == [96, 24])
    }

    @Test func itCanBeDifferentiatedAgain() throws {
        let x = try Tensor([2.0, -1]).requireGradient()
        let first = try gradient(of: cube(x).sum(), withRespectTo: x, creatingGraph: true)
        let second = try gradient(of: first.sum(), withRespectTo: x, creatingGraph: true)
        let third = try gradient(of: second.sum(), withRespectTo: x)
        #expect(try second.reals() == [12, -6] && third.reals() == [6, 6])
    }

    @Test func severalInputsAndOutputs() throws {
        let a = try Tensor([3.0]).requireGradient()
        let b = try Tensor([4.0]).requireGradient()
        let outputs = try differentiable("sum and product", [a, b]) {
            (
                outputs: [try a + b, try a * b],
                backward: { seeds in
                    #expect(seeds[0] == nil)
                    return [try seeds[1].map { try $0 * b }, try seeds[1].map { try $0 * a }]
                }
            )
        }
        try outputs[1].sum().backward()
        #expect(try a.gradient?.item() == 4 && b.gradient?.item() == 3)
    }

    @Test func errorsInBackwardComeThrough() throws {
        struct Refusal: Error, CustomStringConvertible { let description = "no way back" }
        let x = try Tensor([1.0]).requireGradient()
        let y = try differentiable("one way", [x]) { (outputs: [try x * 2], backward: { _ in throw Refusal() }) }
        let error = #expect(throws: TorchError.self) { try y[0].sum().backward() }
        #expect(error?.reason.contains("backward of one way: no way back") == true)
    }

    @Test func aWrongNumberOfGradientsIsAnError() throws {
        let x = try Tensor([1.0]).requireGradient()
        let y = try differentiable("short", [x]) { (outputs: [try x * 2], backward: { _ in [] }) }
        let error = #expect(throws: TorchError.self) { try y[0].sum().backward() }
        #expect(error?.reason.contains("returned 0 gradients for 1 inputs") == true)
    }

    @Test func whatBackwardCapturesIsReleasedWithTheGraph() throws {
        final class Witness {
            let counter: Counter
            init(_ counter: Counter) { self.counter = counter }
            deinit { counter.increment() }
        }
        let counter = Counter()
        let x = try Tensor([1.0]).requireGradient()
        for recorded in [true, false] {
            let witness = Witness(counter)
            let run = {
                try differentiable("witness", [x]) {
                    (outputs: [try x * 2], backward: { seeds in withExtendedLifetime(witness) { seeds } })
                }
            }
            if recorded { try run()[0].sum().backward() } else { _ = try withoutGradients(run) }
        }
        #expect(counter.value == 2)
    }
}

@Suite struct DifferentiableFunctionMemoryTests {
    private final class Kept: Sendable {}

    /// y = 2 x, with something that the backward pass keeps.
    private func doubled(_ x: Tensor, keeping kept: Kept) throws -> Tensor {
        try differentiable("doubled", [x]) {
            (
                outputs: [try x * 2],
                backward: { seeds in
                    try withExtendedLifetime(kept) { [try seeds[0].map { try $0 * 2 }] }
                }
            )
        }[0]
    }

    @Test func whatANodeKeepsGoesWithTheBackwardPass() throws {
        let x = try Tensor([1.0, 2]).requireGradient()
        weak var kept: Kept?
        let y = try {
            let object = Kept()
            kept = object
            return try doubled(x, keeping: object).sum()
        }()
        try y.backward(retainingGraph: true)
        #expect(kept != nil)
        try y.backward()
        #expect(kept == nil)
        #expect(try x.gradient?.reals() == [4, 4])
    }

    @Test func aSecondPassNeedsARetainedGraph() throws {
        let x = try Tensor([1.0, 2]).requireGradient()
        let y = try doubled(x, keeping: Kept())
        try y.backward(seed: Tensor([1.0, 1]))
        let error = #expect(throws: TorchError.self) { try y.backward(seed: Tensor([1.0, 1])) }
        #expect(error?.reason.contains("backward of doubled") == true)
    }
}
