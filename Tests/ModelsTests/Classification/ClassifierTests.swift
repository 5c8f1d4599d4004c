import AngularMargin
import Datasets
import Models
import TestSupport
import Testing
import Torch

@Suite struct ClassifierTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func model(_ preset: String = "softmax", addsMirrored: Bool = false) throws -> EmbeddingModel {
        let values: [String: HeadParameterValue] = preset == "softmax" ? ["bias": .word("class")] : [:]
        var head = try MarginHead(
            HeadPreset.named(preset).head(values), classCount: 3, featureCount: 8, generator: Generator(seed: 5))
        if head.bias != nil { head.bias = try Tensor([Float(0.5), -1, 2]) }
        var model = try ToyModel.make(addsMirrored: addsMirrored)
        model.classifier = try Classifier(head)
        return model
    }

    @Test(arguments: ["softmax", "arcface", "subcenter-arcface", "sphereface-r"], [false, true])
    func aModelReadAgainClassifiesAlike(preset: String, addsMirrored: Bool) throws {
        let model = try model(preset, addsMirrored: addsMirrored)
        try model.save(folder: folder("model"))
        let again = try EmbeddingModel(folder: folder("model"))
        let source = Toy.source(identities: 3, pictures: 4)
        let (features, logits) = try model.classified(source, indices: [0, 5, 11, 5], batchSize: 3)
        #expect(features.shape == [4, 8] && logits.shape == [4, 3])
        let found = try again.classified(source, indices: [0, 5, 11, 5], batchSize: 3)
        let pairs = try zip(found.logits.reals(), logits.reals())
        #expect(pairs.allSatisfy { abs($0 - $1) < 1e-4 })
        let rows: [[Double]] = try (0..<4).map { try logits[$0].reals() }
        #expect(zip(rows[1], rows[3]).allSatisfy { abs($0 - $1) < 1e-4 })
        // By the definition, from the features.
        let classifier = try #require(model.classifier)
        #expect(try zip(classifier.logits(features).reals(), logits.reals()).allSatisfy { abs($0 - $1) < 1e-5 })
        #expect(classifier.classCount == 3)
    }

    @Test func thePictureAndItsMirrorImageCountAlike() throws {
        let model = try model(addsMirrored: true)
        let picture = Toy.picture(identity: 1, number: 2)
        let both = try [picture, picture.flippedHorizontally()].map { try model.logits(ofFramed: [$0]).reals() }
        #expect(zip(both[0], both[1]).allSatisfy { abs($0 - $1) < 1e-5 })
    }

    @Test func aModelThatVerifiesKeepsNoClasses() throws {
        try ToyModel.make().save(folder: folder("model"))
        #expect(try EmbeddingModel(folder: folder("model")).classifier == nil)
        #expect(!folder.has("model/classes.safetensors"))
    }

    @Test func whatDoesNotFitIsNamed() throws {
        func complaint(_ tensors: [(String, Tensor)]) throws -> String {
            try model().save(folder: folder("model"))
            try Safetensors.save(tensors, to: .init(filePath: folder("model/classes.safetensors")))
            return message { try EmbeddingModel(folder: folder("model")) } ?? "none"
        }
        let weight = try Tensor.zeros([3, 8])
        #expect(try complaint([("bias", .zeros([3]))]).contains("classes.safetensors: has no tensor “weight”"))
        #expect(
            try complaint([("weight", .zeros([2, 8]))]).contains("shape [2, 8]; 3 classes of 8 features need [3, 8]"))
        #expect(try complaint([("weight", weight), ("bias", .zeros([2]))]).contains("bias of shape [2]"))
        #expect(try complaint([("weight", weight)]) == "none")
    }
}
