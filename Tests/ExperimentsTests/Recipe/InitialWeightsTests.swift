import Datasets
import Foundation
import Models
import Networks
import TestSupport
import Testing
import Torch

@testable import Experiments

@Suite struct InitialWeightsTests {
    private let place: Workplace

    init() throws {
        place = try Workplace()
    }

    /// The network of the toy recipe, from another seed than its own.
    private func network() throws -> any Backbone {
        try place.recipe().network.backbone(generator: Generator(seed: 99))
    }

    private func write(_ tensors: [NamedTensor], _ name: String) throws {
        try Safetensors.save(tensors, to: URL(fileURLWithPath: place.folder(name)))
    }

    private func complaint(_ setting: String) -> String? {
        message { try place.train(place.recipe(ToyRecipe.text, setting), .overwrite) }
    }

    @Test func trainingBeginsWithThem() throws {
        let given = try network()
        try write(given.tensors, "start.safetensors")
        // At a rate this small a float32 parameter stays as it is, to its last digits.
        let recipe = try place.recipe(
            ToyRecipe.text, "network.init=start.safetensors", "training.learning_rate=1e-12",
            "training.weight_decay=0")
        let model = try EmbeddingModel(folder: place.train(recipe).model)
        for (found, expected) in zip(model.backbone.tensors, given.tensors) where found.role == .parameter {
            let pairs = try zip(found.tensor.reals(), expected.tensor.reals())
            #expect(found.name == expected.name && pairs.allSatisfy { abs($0 - $1) < 1e-6 }, "\(found.name)")
        }
        let random = try place.recipe().network.backbone(generator: Generator(seed: 1))
        #expect(try random.tensors[0].tensor.reals() != given.tensors[0].tensor.reals())
    }

    @Test func pathsAreLookedUpBesideTheRecipeAndThenInTheDataRoots() throws {
        try write(network().tensors, "start.safetensors")
        let beside = try place.recipe(ToyRecipe.text, "network.init=start.safetensors")
        #expect(beside.initialWeights?.path == URL(fileURLWithPath: place.folder("start.safetensors")).path)
        #expect(beside.resolved.contains("init: \(place.folder("start.safetensors"))"))
        let again = try Recipe(RecipeDocument(file: "elsewhere/recipe.yaml", text: beside.resolved))
        #expect(again.initialWeights?.path == beside.initialWeights?.path && again.resolved == beside.resolved)

        let file = RecipeDocument(
            file: "elsewhere/recipe.yaml", text: ToyRecipe.text,
            settings: [try .init("network.init=start.safetensors")])
        let rooted = try Recipe(file)
        #expect(rooted.initialWeights?.path == "start.safetensors")
        #expect(try rooted.initialWeights?.open(roots: place.roots).count == network().tensors.count)
        #expect(try place.recipe().initialWeights == nil)
    }

    @Test func namesAndShapesMustFit() throws {
        try place.train(place.recipe())
        let before = place.contents(of: "toy")
        let tensors = try network().tensors
        try write(Array(tensors.dropFirst()), "less.safetensors")
        let missing = complaint("network.init=less.safetensors")
        #expect(missing?.contains("network.init: ") == true)
        #expect(missing?.contains("the weights belong to another network (missing: \(tensors[0].name)") == true)
        try write(
            tensors + [NamedTensor(name: "classes.weight", role: .parameter, tensor: Tensor([1.0]))],
            "more.safetensors")
        #expect(complaint("network.init=more.safetensors")?.contains("not part of it: classes.weight") == true)
        #expect(place.contents(of: "toy") == before)
    }

    @Test func filesThatCannotBe() throws {
        #expect(
            complaint("network.init=weights.txt")?.hasSuffix(
                "network.init: is a file of weights that ends in one of "
                    + ".safetensors, .pt, .pth, .bin, .ckpt, not “weights.txt”") == true)
        #expect(complaint("network.init=nowhere.pt")?.contains("network.init: nowhere.pt: was not found") == true)
        try place.folder.write("nonsense.pt", "not weights")
        #expect(complaint("network.init=nonsense.pt")?.contains("is not a zip archive") == true)
        try place.folder.write("nonsense.safetensors", "not weights")
        #expect(complaint("network.init=nonsense.safetensors")?.contains("probably not a safetensors file") == true)
        #expect(complaint("network.int=a.pt")?.contains("network.int") == true)
    }

    /// A file that scripts/fixtures/pytorch_files.py wrote: `fc` of [1, 2] and `bn`.
    @Test func filesOfPyTorch() throws {
        let fixture = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("TorchTests/Fixtures/pytorch/checkpoint.pt")
        let recipe = try place.recipe(ToyRecipe.text, "network.init=\(fixture.path)")
        let state = try #require(try recipe.initialWeights?.open(roots: place.roots))
        #expect(
            state.keys.sorted() == [
                "bn.bias", "bn.num_batches_tracked", "bn.running_mean", "bn.running_var", "bn.weight", "fc.bias",
                "fc.weight",
            ])
        #expect(
            complaint("network.init=\(fixture.path)")?.contains("fc.weight is [1, 2] where [8, 4] is wanted") == true)
    }
}
