import TestSupport
import Testing
import Torch

@testable import Experiments

@Suite struct CollapseTests {
    @Test func embeddingsThatSaySomethingPass() throws {
        try CollapseError.check(Tensor([1, 0, 0.999, 0.0447] as [Float], shape: [2, 2]), of: "test")
        try CollapseError.check(Tensor([1, 0] as [Float], shape: [1, 2]), of: "test")
    }

    @Test func whatSaysNothingIsRefused() throws {
        #expect(throws: CollapseError.allEqual(count: 3, set: "test")) {
            try CollapseError.check(Tensor([0.6, 0.8, 0.6, 0.8, 0.6, 0.8] as [Float], shape: [3, 2]), of: "test")
        }
        #expect(throws: CollapseError.notFinite(count: 1, of: 2, set: "test")) {
            try CollapseError.check(Tensor([0.6, .nan, 0.6, 0.8] as [Float], shape: [2, 2]), of: "test")
        }
    }

    @Test func aRunWhoseNetworkHasCollapsedSaysSo() throws {
        let place = try Workplace()
        var tensors = try place.recipe().network.backbone(generator: Generator(seed: 1)).tensors
        for (index, named) in tensors.enumerated() where named.name.hasPrefix("fc.") {
            let same = try Tensor.full(named.tensor.shape, named.name == "fc.weight" ? 0 : 1)
            tensors[index] = NamedTensor(name: named.name, role: named.role, tensor: same)
        }
        try Safetensors.save(tensors, to: .init(filePath: place.folder("dead.safetensors")))
        let recipe = try place.recipe(
            ToyRecipe.text, "network.init=dead.safetensors", "training.learning_rate=1e-12")
        let text = message { try place.train(recipe) }
        #expect(
            text?.contains("the network has collapsed: all 12 embeddings of the set development are the same") == true)
    }
}
