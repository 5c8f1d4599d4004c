import Foundation
import Models
import Networks
import TestSupport
import Testing
import Torch
import Training

@testable import Experiments

@Suite struct FineTuningTests {
    private let place: Workplace
    private let given: [NamedTensor]

    init() throws {
        place = try Workplace()
        given = try place.recipe().network.backbone(generator: Generator(seed: 99)).tensors
    }

    private func write(_ tensors: [(String, Tensor)], _ name: String = "start.safetensors") throws {
        try Safetensors.save(tensors, to: URL(fileURLWithPath: place.folder(name)))
    }

    private func write(prefix: String = "", _ name: String = "start.safetensors") throws {
        try write(given.map { (prefix + $0.name, $0.tensor) }, name)
    }

    private func trained(_ settings: String..., earlier: TrainingExperiment.EarlierRun = .overwrite) throws
        -> EmbeddingModel
    {
        let recipe = try Recipe(
            RecipeDocument(
                file: place.folder("recipe.yaml"), text: ToyRecipe.text,
                settings: (["network.init=start.safetensors"] + settings).map(RecipeDocument.Setting.init)))
        return try EmbeddingModel(folder: place.train(recipe, earlier).model)
    }

    private func complaint(_ settings: String...) throws -> String {
        let text = try message {
            let recipe = try Recipe(
                RecipeDocument(
                    file: place.folder("recipe.yaml"), text: ToyRecipe.text,
                    settings: settings.map(RecipeDocument.Setting.init)))
            try place.train(recipe, .overwrite)
        }
        return try #require(text)
    }

    /// The names of the tensors that are, bit for bit, those of the file.
    private func unchanged(_ model: EmbeddingModel) throws -> Set<String> {
        let same = try zip(model.backbone.tensors, given).filter { try $0.tensor.reals() == $1.tensor.reals() }
        return Set(same.map(\.0.name))
    }

    @Test func frozenLayersStayAsTheyWere() throws {
        try write()
        let model = try trained("network.freeze=[layer1.*, layer2.*]", "training.epochs=3")
        let frozen = given.map(\.name).filter { $0.hasPrefix("layer1.") || $0.hasPrefix("layer2.") }
        #expect(frozen.count > 10)
        #expect(try unchanged(model) == Set(frozen))
    }

    @Test func ratesAndDecaysGoByName() throws {
        try write()
        // A rate of 0 leaves parameters alone, not running statistics.
        let model = try trained("training.rates={layer3.*: 0, '*.bias': 0}")
        let still = try unchanged(model)
        for named in given where named.role == .parameter {
            #expect(
                still.contains(named.name) == (named.name.hasPrefix("layer3.") || named.name.hasSuffix(".bias")),
                "\(named.name)")
        }
        #expect(!still.contains("layer3.0.bn1.running_mean"))
    }

    @Test func groupsAreThoseOfOneTreatment() throws {
        let recipe = try place.recipe(
            ToyRecipe.text, "training.rates={fc.weight: 0.5, 'fc.*': 0.25, head.*: 3}", "training.decays={'*.bias': 0}",
            "training.head_rate=2")
        let network = try recipe.network.backbone(generator: Generator(seed: 1))
        try network.requireGradients()
        let head = NamedTensor(
            name: "head.weight", role: .parameter, tensor: try Tensor.zeros([2, 8]).requireGradient())
        func groups(_ rules: ParameterRules) throws -> [ParameterGroup] {
            try rules.groups(of: network, head: [head], headRate: 2, weightDecay: 0.01, file: "r.yaml")
        }
        let found = try groups(recipe.parameterRules)
        func treatment(_ name: String) -> [Double] {
            found.filter { $0.parameters.contains { $0.name == name } }.flatMap {
                [$0.learningRateFactor, $0.weightDecay]
            }
        }
        #expect(treatment("fc.weight") == [0.5, 0.01] && treatment("fc.bias") == [0.25, 0])
        #expect(treatment("layer1.0.conv1.weight") == [1, 0.01] && treatment("layer1.0.bn1.bias") == [1, 0])
        #expect(treatment("head.weight") == [3, 0.01])
        #expect(found.count == 5 && found.reduce(0) { $0 + $1.parameters.count } == network.parameters.count + 1)
        let plain = try groups(place.recipe().parameterRules)
        #expect(
            plain.map(\.learningRateFactor) == [1, 2] && plain.map(\.parameters.count) == [network.parameters.count, 1])
    }

    @Test(arguments: ["module.", "backbone.", "module.backbone.", "state.of.it."])
    func aPrefixIsTakenOff(_ prefix: String) throws {
        try write()
        let expected = try trained("training.epochs=1").backbone.tensors.map { try $0.tensor.reals() }
        try write(prefix: prefix)
        var sentence = ""
        let recipe = try place.recipe(ToyRecipe.text, "network.init=start.safetensors", "training.epochs=1")
        let run = try TrainingExperiment(recipe, roots: place.roots, runs: place.runs, earlier: .overwrite).run {
            if case .initialized(let text) = $0 { sentence = text }
        }
        let found = try EmbeddingModel(folder: run.folder.model).backbone.tensors.map { try $0.tensor.reals() }
        #expect(found == expected)
        #expect(sentence.hasSuffix("start.safetensors: \(given.count) tensors without the prefix “\(prefix)”"))
    }

    @Test func weightsThatAreThereTwiceAreChosenByTheirPrefix() throws {
        let zeros = try given.map { ("average.\($0.name)", try $0.tensor.zerosLike()) }
        try write(given.map { ("network.\($0.name)", $0.tensor) } + zeros + [("head.weight", Tensor.ones([4, 8]))])
        #expect(
            try complaint("network.init=start.safetensors").contains(
                "the file has these weights more than once, under “average.” and “network.”; choose with "
                    + "network.init_prefix"))
        #expect(
            try complaint("network.init=start.safetensors", "network.init_prefix=network.").contains(
                "not part of it: average.fc.bias, "))
        let model = try trained(
            "network.init_prefix=network.", "network.init_ignore=[average.*, head.*]", "network.freeze=[layer1.*]")
        #expect(try unchanged(model).contains("layer1.0.conv1.weight"))
    }

    /// A checkpoint of this program: network, head and optimiser side by side.
    @Test func anotherRunsCheckpointIsBegunWith() throws {
        let run = try place.train(place.recipe(ToyRecipe.text, "name=first"))
        let file = try #require(place.folder.names(in: "runs/first/checkpoints").last)
        let recipe = try place.recipe(
            ToyRecipe.text, "network.init=runs/first/checkpoints/\(file)", "network.freeze=[layer*]",
            "network.init_ignore=[head.*, optimizer.*]")
        let model = try EmbeddingModel(folder: place.train(recipe).model)
        let stored = try Safetensors.load(run.checkpoints.appending(path: file)).tensors
        let first = try #require(stored["network.layer1.0.conv1.weight"]).reals()
        #expect(try model.backbone.tensors[0].tensor.reals() == first)
    }

    @Test func aLayerOfAnotherSizeBeginsAnew() throws {
        let other = try given.map { named in
            named.name.hasPrefix("fc.")
                ? (named.name, try Tensor.zeros([6] + named.tensor.shape.dropFirst())) : (named.name, named.tensor)
        }
        try write(other)
        let refused = try complaint("network.init=start.safetensors")
        #expect(refused.contains("of another shape: fc.weight is [6, 4] where [8, 4] is wanted"))
        #expect(refused.contains("can be left out by name, such as network.init_ignore: [\"fc.*\"]"))
        let recipe = try place.recipe(
            ToyRecipe.text, "network.init=start.safetensors", "network.init_ignore=[fc.*]",
            "training.learning_rate=1e-12", "training.weight_decay=0")
        let model = try EmbeddingModel(folder: place.train(recipe, .overwrite).model)
        let drawn = try recipe.network.backbone(generator: Generator(seed: 1)).tensors
        for (index, named) in model.backbone.parameters.enumerated() {
            let expected = named.name.hasPrefix("fc.") ? drawn : given
            let wanted = try #require(expected.first { $0.name == named.name }).tensor.reals()
            let isClose = try zip(named.tensor.reals(), wanted).allSatisfy { abs($0 - $1) < 1e-6 }
            #expect(isClose, "\(index) \(named.name)")
        }
    }

    @Test func namesThatAreAlmostRightAreSuggested() throws {
        try write(given.map { ($0.name.replacing("layer1.0.conv1", with: "layer1.0.conv_1"), $0.tensor) })
        let text = try complaint("network.init=start.safetensors")
        #expect(text.contains("missing: layer1.0.conv1.weight (is it the file's layer1.0.conv_1.weight?)"))
        #expect(text.contains("not part of it: layer1.0.conv_1.weight"))
    }

    @Test func patternsThatFitNothingAreRefused() throws {
        try write()
        let start = "network.init=start.safetensors"
        #expect(
            try complaint(start, "network.freeze=[layr1.0.conv1.weight]").contains(
                "network.freeze: “layr1.0.conv1.weight” fits no parameter; did you mean layer1.0.conv1.weight?"))
        #expect(
            try complaint("training.rates={quux*: 0.5}").contains(
                "training.rates: “quux*” fits no parameter; there are layer1.0.conv1.weight"))
        #expect(try complaint("training.decays={fc.wight: 0}").contains("did you mean fc.weight?"))
        #expect(
            try complaint("training.decays={fc.weight: 2}").contains("training.decays.fc.weight: must be from 0 to 1"))
        #expect(try complaint("training.rates={fc.weight: x}").contains("training.rates.fc.weight: must be a number"))
        #expect(try complaint("network.freeze=[fc.*]").contains("network.freeze: would keep random weights"))
        #expect(
            try complaint("network.init_ignore=[fc.*]").contains(
                "network.init_ignore: has no meaning with random weights, without init; leave it out"))
    }

    @Test func aFineTunedRunGoesOnToTheSameModel() throws {
        try write()
        let settings = [
            "network.init=start.safetensors", "network.freeze=[layer1.*]", "training.rates={layer2.*: 0.1}",
            "training.decays={'*.bias': 0}",
        ]
        func recipe(_ name: String) throws -> Recipe {
            try Recipe(
                RecipeDocument(
                    file: place.folder("recipe.yaml"), text: ToyRecipe.text,
                    settings: (settings + ["name=\(name)"]).map(RecipeDocument.Setting.init)))
        }
        try place.train(recipe("whole"))
        let stop = StopSignal()
        _ = try TrainingExperiment(recipe("stopped"), roots: place.roots, runs: place.runs).run(stop: stop) { event in
            if case .training(.stepped(let report, _)) = event, report.step == 4 { stop.request() }
        }
        try place.train(recipe("stopped"), .resume)
        let weights = "model/weights.safetensors"
        #expect(place.contents(of: "stopped")[weights] == place.contents(of: "whole")[weights])
    }

    @Test func runAndModelSayWhatTheyBeganWith() throws {
        try write()
        let model = try trained()
        let content = Data(try place.folder.read("start.safetensors"))
        let hash = SHA256.hexadecimal(of: content)
        #expect(model.provenance["init"]?.hasSuffix("start.safetensors, SHA-256 \(hash)") == true)
        let record = try #require(try RunFolder(runs: place.runs, name: "toy").readRecord())
        #expect(record.initialWeights?.sha256 == hash)
        // The file may move, and may not change.
        try FileManager.default.moveItem(
            atPath: place.folder("start.safetensors"), toPath: place.folder("moved.safetensors"))
        let moved = try place.recipe(ToyRecipe.text, "network.init=moved.safetensors")
        try place.train(moved, .resume)
        try write(prefix: "module.", "moved.safetensors")
        let text = message { try place.train(moved, .resume) }
        #expect(text?.contains("was begun with other weights: ") == true && text?.contains(hash) == true)
        let without = message { try place.train(place.recipe(), .resume) }
        #expect(without?.contains("network.init is not given and was ") == true)
    }
}
