import AngularMargin
import Testing
import Torch

@Suite struct ClassWeightsTests {
    private let problem = Problem.random(batch: 4, classes: 3, dimension: 2, seed: 51)

    private func output(
        _ weights: ClassWeights?, sampleWeights: Tensor? = nil, path: EvaluationPath = .reference,
        type: ScalarType = .float64
    ) throws -> (output: HeadOutput, gradient: [Double]) {
        var head = Head(similarity: .innerProduct, scale: .constant(1))
        head.classWeights = weights
        let (features, rows, _) = try problem.tensors(type)
        let output = try head.evaluate(
            features: features, weights: rows, labels: Tensor([0, 2, 2, 1]), sampleWeights: sampleWeights, path: path)
        return (output, try gradient(of: output.loss, withRespectTo: features).reals())
    }

    @Test func theyMultiplyLosses() throws {
        let plain = try output(nil).output.losses.reals()
        let weighted = try output(ClassWeights([1, 0, 3]))
        let expected = [plain[0], 3 * plain[1], 3 * plain[2], 0]
        #expect(distance(try weighted.output.losses.reals(), expected) < 1e-14)
        #expect(try distance(weighted.output.terms[0].values.reals(), expected) < 1e-14)
        #expect(try abs(weighted.output.loss.item() - expected.reduce(0, +) / 4) < 1e-14)
        let mean = try output(ClassWeights([1, 0, 3], mean: .weights)).output.loss
        #expect(try abs(mean.item() - expected.reduce(0, +) / 7) < 1e-14)
    }

    @Test func aFactorOnAllLeavesTheWeightedMean() throws {
        let (one, ten) = try (
            output(ClassWeights([1, 2, 3], mean: .weights)), output(ClassWeights([10, 20, 30], mean: .weights))
        )
        #expect(try abs(one.output.loss.item() - ten.output.loss.item()) < 1e-14)
        #expect(distance(one.gradient, ten.gradient) < 1e-14)
        let ones = try output(ClassWeights([1, 1, 1], mean: .weights))
        #expect(try abs(ones.output.loss.item() - output(nil).output.loss.item()) < 1e-14)
    }

    @Test func sampleWeightsStandBesideThem() throws {
        let factors = [2.0, 0.5, 1, 4]
        for mean in ClassWeights.Mean.allCases {
            let weights = try ClassWeights([1, 5, 3], mean: mean)
            let losses = try output(weights).output.losses.reals()
            let sum = zip(losses, factors).reduce(0) { $0 + $1.0 * $1.1 }
            let exact = try output(weights, sampleWeights: Tensor(factors))
            #expect(try abs(exact.output.loss.item() - sum / (mean == .weights ? 12 : 4)) < 1e-13)
            let streamed = try output(weights, sampleWeights: Tensor(factors), path: .streaming, type: .float32)
            #expect(try abs(streamed.output.loss.item() - exact.output.loss.item()) < 1e-5)
            #expect(distance(streamed.gradient, exact.gradient) < 1e-5 * length(exact.gradient))
        }
    }

    /// A batch without a sample that counts has the loss 0, and asks for nothing.
    @Test(arguments: [EvaluationPath.reference, .streaming]) func aBatchThatDoesNotCount(_ path: EvaluationPath) throws
    {
        for mean in ClassWeights.Mean.allCases {
            let found = try output(ClassWeights([0, 0, 0], mean: mean), path: path, type: .float32)
            #expect(try found.output.loss.item() == 0 && found.gradient.allSatisfy { $0 == 0 })
        }
    }

    @Test func wrongOnesAreRefused() throws {
        #expect(throws: HeadError.classWeight(label: 1, value: -2)) { try ClassWeights([1, -2]) }
        #expect(throws: HeadError.self) { try ClassWeights([1, .nan]) }
        #expect(throws: HeadError.self) { try ClassWeights([.infinity]) }
        #expect(throws: HeadError.wrongShape(name: "class weights", found: [2], expected: "[3]")) {
            try output(ClassWeights([1, 2]))
        }
        var contrast = try HeadPreset.named("mama").head()
        contrast.classWeights = try ClassWeights([1, 2])
        #expect(throws: HeadError.self) { try contrast.checkCombination() }
    }
}
