import Testing
import Torch

@Suite struct GradientTests {
    @Test func backwardAccumulatesInLeaves() throws {
        let x = try Tensor([1.0, 2, 3]).requireGradient()
        try x.squared().sum().backward()
        #expect(try x.gradient?.reals() == [2, 4, 6])
        try x.sum().backward()
        #expect(try x.gradient?.reals() == [3, 5, 7])
        try x.setGradient(nil)
        #expect(x.gradient == nil)
    }

    @Test func gradientsOfGradients() throws {
        let x = try Tensor([0.5, -2]).requireGradient()
        let y = try x.power(3).sum()
        let first = try gradient(of: y, withRespectTo: x, creatingGraph: true)
        let second = try gradient(of: first.sum(), withRespectTo: x, creatingGraph: true)
        let third = try gradient(of: second.sum(), withRespectTo: x)
        #expect(try first.reals() == [0.75, 12])
        #expect(try second.reals() == [3, -12])
        #expect(try third.reals() == [6, 6])
    }

    @Test func unusedInputs() throws {
        let x = try Tensor([1.0]).requireGradient()
        let unused = try Tensor([1.0, 1]).requireGradient()
        let y = try (3 * x).sum()
        #expect(throws: TorchError.self) {
            try gradients(of: [y], withRespectTo: [x, unused], retainingGraph: true)
        }
        let found = try gradients(of: [y], withRespectTo: [x, unused], allowingUnused: true)
        #expect(try found[0].reals() == [3] && found[1].reals() == [0, 0])
    }

    @Test func nothingIsRecordedWithoutGradients() throws {
        let x = try Tensor([1.0]).requireGradient()
        let y = try withoutGradients { try x * 2 }
        #expect(!y.requiresGradient)
        let z = try withoutGradients { try withGradients { try x * 2 } }
        #expect(z.requiresGradient)
        #expect(isRecordingGradients)
    }

    @Test func anomalyDetectionNamesTheOperator() throws {
        let x = try Tensor([-1.0]).requireGradient()
        let error = #expect(throws: TorchError.self) {
            try withAnomalyDetection { try x.squareRoot().sum().backward() }
        }
        #expect(error?.reason.contains("SqrtBackward") == true)
    }

    @Test func inPlaceChangesThatFalsifyAGradientAreRefused() throws {
        let x = try Tensor([2.0]).requireGradient()
        let square = try (x * 1).squared()
        let y = try x.exponential()
        try withoutGradients { try y.fill(0) }
        #expect(throws: TorchError.self) { try (square * y).sum().backward() }
    }
}
