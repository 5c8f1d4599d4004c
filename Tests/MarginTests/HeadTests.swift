import Foundation
import TestSupport
import Testing
import Torch

/// `margin head`, run.
@Suite struct HeadTests {
    private let margin: Command

    init() throws {
        margin = try Command()
    }

    private func write(_ tensors: [(String, Tensor)], as name: String = "in.safetensors") throws {
        try Safetensors.save(tensors, to: URL(filePath: margin.folder(name)))
    }

    private func read(_ name: String = "out.safetensors") throws -> [String: Tensor] {
        try Safetensors.load(URL(filePath: margin.folder(name))).tensors
    }

    private func golden(labels: [Int] = [0, 2]) throws -> [(String, Tensor)] {
        [
            ("features", try Tensor([1.0, 2, -1, 0.5, -1, 2], shape: [2, 3])),
            ("weights", try Tensor([1.0, 0, 0.5, -0.5, 1, 0, 0.2, -0.3, 1], shape: [3, 3])),
            ("labels", try Tensor(labels)),
        ]
    }

    @Test func lossAndGradients() throws {
        try write(golden())
        let result = try margin("head", "arcface", "in.safetensors", "out.safetensors")
        #expect(result.code == 0 && result.output.isEmpty && result.errors.contains("loss 27.48371453"))
        let found = try read()
        #expect(Set(found.keys) == ["loss", "losses", "logits", "features.grad", "weights.grad"])
        #expect(try abs(#require(found["loss"]).item() - 27.483714535) < 1e-9)
        #expect(found["loss"]?.scalarType == .float64 && found["loss"]?.shape == [])
        #expect(found["losses"]?.shape == [2] && found["logits"]?.shape == [2, 3])
        // Orthogonal to the features, as the gradient of a direction is.
        let features = try #require(golden().first).1
        let radial = try (#require(found["features.grad"]) * features).sum([1]).reals()
        #expect(radial.allSatisfy { abs($0) < 1e-12 })
    }

    @Test func settingsTypesAndState() throws {
        try write(golden() + [("state.t", Tensor([0.1])), ("bias", Tensor([1.0]))])
        let first = try margin(
            "head", "curricularface", "in.safetensors", "out.safetensors", "--set", "alpha=0.1", "update=true",
            "--dtype", "float32", "--path", "reference")
        #expect(first.code == 0 && first.errors.contains("curricularface does not read: bias"))
        var found = try read()
        #expect(found["loss"]?.scalarType == .float32)
        #expect(try abs(#require(found["loss"]).item() - 22.1576) < 1e-4)
        #expect(try abs(#require(found["state.t"]).item() - (0.09 + 0.1 * (0.182574 + 0.985354) / 2)) < 1e-6)

        #expect(try margin("head", "curricularface", "in.safetensors", "out.safetensors").code == 0)
        found = try read()
        #expect(
            try abs(#require(found["loss"]).item() - 21.309304879) < 1e-9 && #require(found["state.t"]).item() == 0.1)

        #expect(
            try margin("head", "uniface", "in.safetensors", "out.safetensors", "--set", "regularizer=exclusive").code
                == 0)
        found = try read()
        #expect(found["bias.grad"]?.shape == [1])
        #expect(try abs(#require(found["regularizer"]).item() - 0.231268437) < 1e-9)
        #expect(found["regularizer.weights.grad"]?.shape == [3, 3])
    }

    @Test func headsWithInputsOfTheirOwn() throws {
        let parts = try golden()
        try write([("video", parts[0].1), ("text", parts[1].1.rows(Tensor([0, 2])))], as: "mama.safetensors")
        let mama = try margin("head", "mama", "mama.safetensors", "out.safetensors", "--set", "mu=0.2", "tau=0.07")
        #expect(mama.code == 0)
        var found = try read()
        #expect(try abs(#require(found["loss"]).item() - 0.001340754 - 1.532973132) < 2e-9)
        #expect(Set(found.keys) == ["loss", "losses", "logits", "v2t", "t2v", "video.grad", "text.grad"])

        try write(parts + [("margins", Tensor([0, 0, 4 * Double.pi / 64])), ("sample_weights", Tensor([1.0, 0]))])
        #expect(try margin("head", "camri", "in.safetensors", "out.safetensors").code == 0)
        found = try read()
        #expect(found["margins.grad"]?.shape == [3] && found["sample_weights.grad"]?.shape == [2])
        let losses = try #require(found["losses"]).reals()
        #expect(try abs(#require(found["loss"]).item() - losses[0] / 2) < 1e-14)
        #expect(abs((losses[0] + losses[1]) / 2 - 2.924553060) < 1e-9)

        let centers = try Tensor.stacked([parts[1].1, -parts[1].1], dimension: 1)
        try write([parts[0], ("weights", centers), parts[2]])
        #expect(try margin("head", "subcenter-arcface", "in.safetensors", "out.safetensors").code == 0)
        #expect(try read()["weights.grad"]?.shape == [3, 2, 3])
    }

    @Test func badFilesAreNamedWithWhatIsWrong() throws {
        func refused(_ tensors: [(String, Tensor)], _ head: String = "arcface", _ parts: String...) throws {
            try write(tensors)
            let result = try margin("head", head, "in.safetensors", "out.safetensors")
            #expect(result.refused("in.safetensors: "))
            for part in parts { #expect(result.errors.contains(part)) }
        }
        let good = try golden()
        try refused([good[0], good[1], ("lables", good[2].1)], "arcface", "no “labels”; is “lables” meant")
        try refused([good[0], good[2]], "arcface", "no “weights”; it has features, labels")
        try refused(golden(labels: [0, 3]), "arcface", "row 1 has the label 3; with 3 classes, labels are 0 to 2")
        try refused([good[0], good[1], ("labels", Tensor([0.0, 1]))], "arcface", "labels are float64")
        try refused([good[0], good[1], ("labels", Tensor([0]))], "arcface", "labels have the shape [1] where [2]")
        try refused(
            [("features", Tensor([1.0, 2, 3, .infinity], shape: [2, 2])), good[1], good[2]], "arcface",
            "row 1 of “features” has an entry that is inf")
        try refused([("features", Tensor([1.0, 2, 3])), good[1], good[2]], "arcface", "“features” has the shape [3]")
        try refused(
            [("features", Tensor([1, 2, 3], shape: [1, 3])), good[1], good[2]], "arcface", "“features” is int64")
        try refused([good[0], ("weights", Tensor.ones([3, 4])), good[2]], "arcface", "[3, 4] where [C, 3] is wanted")
        try refused(good + [("bias", Tensor([1.0, 2]))], "sphereface2", "biases have the shape [2] where [1]")
        try refused(good + [("margins", Tensor([1.0, 2]))], "camri", "2 amounts for 3 classes")
        try refused(good + [("state.t", Tensor([1.0, 2]))], "curricularface", "“state.t” has the shape [2]")
        try refused([("features", good[0].1 * 1e16), good[1], good[2]], "arcface", "is the largest allowed")

        try margin.folder.write("in.safetensors", "no tensors")
        #expect(try margin("head", "arcface", "in.safetensors", "out.safetensors").refused("in.safetensors"))
        #expect(try margin("head", "arcface", "none.safetensors", "out.safetensors").refused("none.safetensors"))
        #expect(!margin.folder.has("out.safetensors"))
    }

    @Test func mistakesOnTheCommandLine() throws {
        try write(golden())
        func run(_ arguments: String...) throws -> Command.Result {
            try margin.start(arguments: ["head"] + arguments).result()
        }
        let files = ["in.safetensors", "out.safetensors"]
        #expect(try run("arcfase", files[0], files[1]).refused("did you mean “arcface”?"))
        #expect(try run("arcface", files[0], files[1], "--set", "margin=2").refused("has no key “margin”"))
        #expect(try run("arcface", files[0], files[1], "--set", "m").refused("--set m", "write key=value"))
        #expect(try run("arcface", files[0], files[1], "--set", "m=1", "m=2").refused("m is set twice"))
        #expect(try run("arcface", files[0], files[1], "--set", "update=2").refused("update is 2"))
        #expect(try run("elasticface", files[0], files[1], "--set", "seed=-1").refused("seed is -1"))
        #expect(
            try run("sphereface2", files[0], files[1], "--set", "virtual=full").refused("a virtual class is one more"))
        let streaming = try run("arcface", files[0], files[1], "--path", "streaming")
        #expect(streaming.code == 64 && streaming.errors.contains("streaming"))
        #expect(try run("arcface", files[0]).code == 64)
        #expect(try run().code == 64)
        #expect(try run("arcface", "--json").code == 64)
        #expect(try run("--list", "--plot", "a.svg").code == 64)
    }

    @Test func listAndPlot() throws {
        let text = try margin("head", "--list").output
        for name in ["softmax", "sphereface-r", "camri", "mama", "inter-topk", "oc-softmax"] {
            #expect(text.contains("\n\(name)  –  ") || text.hasPrefix("\(name)  –  "))
        }
        #expect(text.contains("default 0.5; 0 to 3.14") && text.contains("Huang et al., CVPR 2020"))
        let list = try margin("head", "--list", "--json").output
        let heads = try #require(try JSONSerialization.jsonObject(with: Data(list.utf8)) as? [[String: Any]])
        #expect(heads.count == 20 && heads.allSatisfy { ($0["equation"] as? String)?.isEmpty == false })
        let one = try margin("head", "arcface", "--list")
        #expect(one.output.contains("beyond_pi") && !one.output.contains("camri"))

        #expect(try margin("head", "camri", "--plot", "camri.svg").code == 0)
        #expect(try margin("head", "arcface", "--plot", "arcface.svg", "--set", "m=0.3").code == 0)
        let drawn = try margin.folder.text("arcface.svg")
        #expect(drawn.hasPrefix("<svg") && drawn.contains("m = 0.3") && drawn.contains("ψ, own class"))
    }
}
