import AngularMargin
import Foundation
import Testing
import Torch

@Suite struct MarginAmountTests {
    private let problem = Problem.random(batch: 4, classes: 3, dimension: 3, seed: 11)

    /// Each sample's loss under its own margin alone.
    private func singly(_ margins: [Double]) throws -> [Double] {
        try margins.enumerated().map { row, m in
            let head = Head(scale: .constant(16), target: AdditiveAngularMargin(.constant(m)))
            return try head.evaluated(problem).output.losses.reals()[row]
        }
    }

    @Test func perClassOnTheTarget() throws {
        let margins = [0.1, 0.4, 0]
        let head = Head(scale: .constant(16), target: AdditiveAngularMargin(.perClass(margins)))
        let losses = try head.evaluated(problem).output.losses.reals()
        #expect(try distance(losses, singly(problem.labels.map { margins[$0] })) < 1e-12)
    }

    @Test func perSampleOnTheTarget() throws {
        let margins = [0.1, 0.4, 0, 0.7]
        let head = Head(scale: .constant(16), target: AdditiveAngularMargin(.perSample(try Tensor(margins))))
        #expect(try distance(head.evaluated(problem).output.losses.reals(), singly(margins)) < 1e-12)
    }

    @Test func onTheOthersAClassIsTheOneCompared() throws {
        let amounts = [0.1, 0.2, 0.3]
        let head = Head(scale: .constant(2), others: AdditiveCosineMargin(.perClass(amounts)))
        let output = try head.evaluated(problem).output
        let (logits, cosines) = (try output.logits?.reals() ?? [], try output.similarities?.reals() ?? [])
        for (index, pair) in zip(logits, cosines).enumerated() {
            let isTarget = problem.labels[index / 3] == index % 3
            #expect(abs(pair.0 - 2 * (pair.1 - (isTarget ? 0 : amounts[index % 3]))) < 1e-14)
        }
    }

    @Test func gradientsReachAmounts() throws {
        let start = [0.1, 0.4, 0.2, 0.7]
        func loss(_ amounts: Tensor) throws -> Tensor {
            let (features, weights, labels) = try problem.tensors()
            let head = Head(scale: .constant(16), target: AdditiveAngularMargin(.perSample(amounts).scaled(by: 0.5)))
            return try head.evaluate(features: features, weights: weights, labels: labels).loss
        }
        let amounts = try Tensor(start).requireGradient()
        let found = try gradient(of: loss(amounts), withRespectTo: amounts).reals()
        let h = 1e-6
        let expected = try start.indices.map { index in
            var (up, down) = (start, start)
            up[index] += h
            down[index] -= h
            return try (loss(Tensor(up)).item() - loss(Tensor(down)).item()) / (2 * h)
        }
        #expect(distance(found, expected) < 1e-7)
    }

    @Test func numbersThatDoNotFitAreErrors() throws {
        let perClass = Head(scale: .constant(1), target: AdditiveAngularMargin(.perClass([0.1, 0.2])))
        #expect(throws: HeadError.amountCount(found: 2, classCount: 3)) { try perClass.evaluated(problem) }
        let perSample = Head(scale: .constant(1), target: AdditiveAngularMargin(.perSample(try Tensor([0.1]))))
        #expect(throws: HeadError.wrongShape(name: "margin amounts", found: [1], expected: "[4]")) {
            try perSample.evaluated(problem)
        }
    }
}
