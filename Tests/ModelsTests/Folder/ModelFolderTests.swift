import Foundation
import Models
import TestSupport
import Testing
import Torch
import Verification

@Suite struct ModelFolderTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// What reading the folder complains about.
    private func complaint(_ name: String = "model") -> String {
        message { try EmbeddingModel(folder: folder(name)) } ?? "none"
    }

    private func edit(_ old: String, _ new: String) throws {
        let text = try folder.text("model/model.json")
        try #require(text.contains(old))
        try folder.write("model/model.json", text.replacing(old, with: new))
    }

    /// Weights are used where they lie in the file: sums may then be taken in another order than over memory of
    /// libtorch's own alignment.
    private func isClose(_ first: EmbeddingModel, _ second: EmbeddingModel) throws -> Bool {
        let pictures = (0..<5).map { Toy.picture(identity: $0, number: 0) }
        return try pictures.allSatisfy { picture in
            let rows = try [first, second].map { try $0.embeddings(ofFramed: [picture]).reals() }
            return zip(rows[0], rows[1]).allSatisfy { abs($0 - $1) < 1e-6 }
        }
    }

    @Test func aModelReadAgainIsTheSameBitForBit() throws {
        var model = try ToyModel.make(addsMirrored: true)
        let scores = try Scores(genuine: [0.9, 0.8], impostor: [0.1, 0.2, 0.3])
        model.thresholds = [
            try DecisionThreshold(falseAcceptRate: 0.5, on: scores, source: "here", allowingUnsupported: true)
        ]
        try model.save(folder: folder("model"))
        let again = try EmbeddingModel(folder: folder("model"))

        let weights = try model.backbone.tensors.map { try $0.tensor.reals() }
        #expect(try again.backbone.tensors.map { try $0.tensor.reals() } == weights)
        #expect(try isClose(again, model))
        let pictures = (0..<5).map { Toy.picture(identity: $0, number: 0) }
        let embeddings: [Float] = try again.embeddings(ofFramed: pictures).elements()
        #expect(try EmbeddingModel(folder: folder("model")).embeddings(ofFramed: pictures).elements() == embeddings)
        #expect(again.transform == model.transform && again.description == model.description)
        #expect(again.thresholds == model.thresholds && again.provenance == model.provenance)
        #expect(again.classNames == model.classNames && again.addsMirrored)
        #expect(try folder.names(in: "model") == ["model.json", "weights.safetensors"])
    }

    @Test func aModelIsSavedOverAnotherAndOverItself() throws {
        try ToyModel.make(seed: 1).save(folder: folder("model"))
        try ToyModel.make(seed: 2).save(folder: folder("model"))
        let model = try EmbeddingModel(folder: folder("model"))
        // Its weights are mapped from the very file that is replaced.
        try model.save(folder: folder("model"))
        let expected = try ToyModel.make(seed: 2)
        #expect(try isClose(model, expected))
        #expect(try isClose(EmbeddingModel(folder: folder("model")), expected))
        #expect(try !isClose(expected, ToyModel.make(seed: 1)))
    }

    @Test func missingFoldersAndFilesAreNamed() throws {
        #expect(complaint().contains("model: there is no such folder"))
        try folder.write("model/other.txt", "")
        #expect(complaint().contains("it has no model.json"))
        try ToyModel.make().save(folder: folder("model"))
        try FileManager.default.removeItem(atPath: folder("model/weights.safetensors"))
        #expect(complaint().contains("weights.safetensors"))
    }

    @Test func documentsThatAreNoneAreRefusedWithTheReason() throws {
        try ToyModel.make().save(folder: folder("model"))
        let whole = try folder.text("model/model.json")
        try edit("\"addsMirrored\"", "\"addsMirored\"")
        #expect(complaint().contains("model.json: cannot be understood: “addsMirrored” is missing"))
        try folder.write("model/model.json", whole)
        try edit("\"classNames\" : [", "\"classNames\" : 3, \"x\" : [")
        #expect(complaint().contains("classNames"))
        try folder.write("model/model.json", String(whole.dropLast(40)))
        #expect(complaint().contains("model.json: cannot be understood"))
        try folder.write("model/model.json", whole)
        try edit("sfnet-small", "sfnet-smal")
        #expect(complaint().contains("was sfnet-small meant?"))
    }

    @Test func aNewerFormatIsNamedEvenWhereItCannotBeDecoded() throws {
        try ToyModel.make().save(folder: folder("model"))
        try edit("\"format\" : 1", "\"format\" : 2")
        #expect(complaint().contains("written by a newer version (format 2, this one reads up to 1)"))
        try folder.write("model/model.json", #"{"format": 9, "layers": []}"#)
        #expect(complaint().contains("written by a newer version (format 9"))
    }

    @Test func weightsOfAnotherNetworkAreRefused() throws {
        try ToyModel.make().save(folder: folder("model"))
        try ToyModel.make(embedding: 6).save(folder: folder("other"))
        try folder.write("model/weights.safetensors", folder.read("other/weights.safetensors"))
        let text = complaint()
        #expect(text.contains("weights.safetensors: the weights belong to another network"))
        #expect(text.contains("fc.weight is [6, 4] where [8, 4] is wanted"))
    }

    @Test func truncatedWeightsAreRefused() throws {
        try ToyModel.make().save(folder: folder("model"))
        try folder.write("model/weights.safetensors", folder.read("model/weights.safetensors").dropLast(100))
        #expect(complaint().contains("weights.safetensors"))
    }

    @Test func picturesThatTheNetworkCannotTakeAreRefused() throws {
        try ToyModel.make().save(folder: folder("model"))
        try edit("\"width\" : 16", "\"width\" : 20")
        #expect(complaint().contains("makes pictures of shape [1, 16, 20] for a network that takes [1, 16, 16]"))
        try edit("\"width\" : 20", "\"width\" : -16")
        #expect(complaint().contains("makes pictures of shape [1, 16, -16]"))
    }

    @Test func aFolderThatCannotBeMadeIsNamed() throws {
        try folder.write("file", "")
        let text = try #require(message { try ToyModel.make().save(folder: folder("file/model")) })
        #expect(text.hasPrefix(folder("file/model") + ": cannot be made"))
    }
}
