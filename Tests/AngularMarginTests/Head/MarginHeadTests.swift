import AngularMargin
import Foundation
import Testing
import Torch

@Suite struct MarginHeadTests {
    @Test func parametersAndTheirNames() throws {
        let arcFace = try MarginHead(
            HeadPreset.named("arcface").head(), classCount: 7, featureCount: 5, generator: Generator(seed: 1))
        #expect(arcFace.tensors.map(\.name) == ["weight"])
        #expect(arcFace.weight.shape == [7, 5] && arcFace.classCount == 7 && arcFace.featureCount == 5)
        #expect(arcFace.weight.requiresGradient && arcFace.weight.isLeaf)

        let binary = try MarginHead(
            HeadPreset.named("sphereface2").head(), classCount: 10, featureCount: 5, generator: Generator(seed: 1))
        #expect(binary.tensors.map(\.name) == ["weight", "bias"])
        #expect(try abs(#require(binary.bias).item() - 12.950) < 1e-3)

        let softmax = try MarginHead(
            HeadPreset.named("softmax").head(["bias": "class"]), classCount: 7, featureCount: 5,
            generator: Generator(seed: 1))
        #expect(try softmax.bias?.reals() == [Double](repeating: 0, count: 7))
    }

    @Test func theSameSeedGivesTheSameWeights() throws {
        let make = {
            try MarginHead(
                HeadPreset.named("cosface").head(), classCount: 3, featureCount: 4, generator: Generator(seed: $0))
        }
        #expect(try make(5).weight.reals() == make(5).weight.reals())
        #expect(try make(5).weight.reals() != make(6).weight.reals())
    }

    @Test func initialWeights() throws {
        let spread = { (initialization: WeightInitialization) in
            try initialization.draw(classCount: 300, featureCount: 200, generator: Generator(seed: 2)).reals()
        }
        let deviation = { (values: [Double]) in length(values) / Double(values.count).squareRoot() }
        #expect(try abs(deviation(spread(.xavierNormal)) - (2.0 / 500).squareRoot()) < 1e-3)
        #expect(try abs(deviation(spread(.normal(standardDeviation: 0.01))) - 0.01) < 2e-4)
        let uniform = try spread(.xavierUniform)
        let bound = (6.0 / 500).squareRoot()
        #expect(abs(deviation(uniform) - bound / 3.0.squareRoot()) < 1e-3)
        #expect(uniform.allSatisfy { abs($0) <= bound + 1e-7 })
    }

    @Test func projectedWeightsLieOnTheSphere() throws {
        let head = try MarginHead(
            HeadPreset.named("cosface").head(["projected": true]), classCount: 6, featureCount: 4,
            generator: Generator(seed: 3), scalarType: .float64)
        let norms = { try head.weight.norm([1]).reals() }
        #expect(try norms().allSatisfy { abs($0 - 1) < 1e-14 })
        try withoutGradients { try head.weight.multiply(by: 3) }
        try head.projectWeights()
        #expect(try norms().allSatisfy { abs($0 - 1) < 1e-14 } && head.weight.requiresGradient)
    }

    @Test func aCallIsTheFunctionOfItsTensors() throws {
        let head = try MarginHead(
            HeadPreset.named("sphereface2").head(), classCount: 4, featureCount: 3, generator: Generator(seed: 4))
        let features = try Tensor.normal([6, 3], generator: Generator(seed: 5))
        let labels = try Tensor([0, 1, 2, 3, 0, 1])
        let output = try head(features, labels: labels)
        let same = try head.head.evaluate(features: features, weights: head.weight, bias: head.bias, labels: labels)
        #expect(try output.loss.item() == same.loss.item())
        try output.loss.backward()
        #expect(head.weight.gradient?.shape == [4, 3] && head.bias?.gradient?.shape == [1])
        #expect(try head.similarities(features).reals() == output.similarities?.reals())
    }

    /// Steps downhill turn weights that point to each other's class.
    @Test(arguments: HeadPreset.all.map(\.name).filter { $0 != "mama" && $0 != "oc-softmax" })
    func itLearns(_ name: String) throws {
        let preset = try HeadPreset.named(name)
        var head = try MarginHead(
            preset.head(preset.needsClasses ? ["classes": "a"] : [:], for: HeadContext(classNames: ["a", "b"])),
            classCount: 2, featureCount: 2, generator: Generator(seed: 6), scalarType: .float64)
        let start = try Tensor([1, 0.3, -1, 0.2], shape: [2, 2])
        // Sub-centres all begin at the same place.
        try withoutGradients { try head.weight.copy(from: head.weight.rank == 3 ? start.unsqueezed(1) : start) }
        let features = try Tensor([2.0, 0.3, 1.5, -0.2, -1, 0.2, -2, -0.1], shape: [4, 2])
        let labels = try Tensor([1, 1, 0, 0])
        let before = try head(features, labels: labels)
        #expect(try before.correctCount() == 0)
        // SphereFace2 divides its loss, and so its gradients, by r.
        let rate = 0.02 / head.head.lossWeight
        for _ in 0..<200 {
            let loss = try head(features, labels: labels).loss
            let parameters = head.parameters.map(\.tensor)
            let slopes = try gradients(of: [loss], withRespectTo: parameters)
            let stepped = try zip(parameters, slopes).map { try ($0 - rate * $1).detached().requireGradient() }
            head = try head.with(parameters: stepped)
        }
        let output = try head(features, labels: labels)
        #expect(try output.correctCount() == 4)
        #expect(try output.loss.item() < before.loss.item())
    }

    @Test func expectedFirstLoss() throws {
        func expected(_ preset: String, classes: Int) throws -> Double {
            try MarginHead(
                HeadPreset.named(preset).head(), classCount: classes, featureCount: 64,
                generator: Generator(seed: 7)
            ).expectedFirstLoss(generator: Generator(seed: 8))
        }
        #expect(try abs(expected("softmax", classes: 50) - log(50)) < 0.05)
        // s·(c_y − m) lies about 64·0.35 under the others, whose largest is well above the mean.
        let cosFace = try expected("cosface", classes: 50)
        #expect(cosFace > log(50) + 64 * 0.35 && cosFace < log(50) + 64 * 0.75)
    }
}
