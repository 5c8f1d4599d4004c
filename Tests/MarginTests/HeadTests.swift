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

    private func write(_ tensors: [(String, Tensor)]) throws {
        try Safetensors.save(tensors, to: URL(filePath: margin.folder("in.safetensors")))
    }

    private func read() throws -> [String: Tensor] {
        try Safetensors.load(URL(filePath: margin.folder("out.safetensors"))).tensors
    }

    private func golden() throws -> [(String, Tensor)] {
        [
            ("features", try Tensor([1.0, 2, -1, 0.5, -1, 2], shape: [2, 3])),
            ("weights", try Tensor([1.0, 0, 0.5, -0.5, 1, 0, 0.2, -0.3, 1], shape: [3, 3])),
            ("labels", try Tensor([0, 2])),
        ]
    }

    @Test func lossAndGradients() throws {
        try write(golden())
        let result = try margin(
            "head", "arcface", "in.safetensors", "out.safetensors", "--set", "m=0.5", "s=64", "--dtype", "float64",
            "--path", "reference")
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

    @Test func streamingGivesTheSameWithoutLogits() throws {
        try write(golden())
        let files = ["in.safetensors", "out.safetensors", "--dtype", "float32"]
        #expect(try margin.start(["head", "arcface"] + files).result().code == 0)
        let reference = try read()
        #expect(try margin.start(["head", "arcface"] + files + ["--path", "streaming"]).result().code == 0)
        let streamed = try read()
        #expect(Set(streamed.keys) == ["loss", "losses", "features.grad", "weights.grad"])
        for (name, tensor) in streamed {
            let expected = try #require(reference[name])
            #expect(try (tensor - expected).norm([]).item() <= 1e-5 * expected.norm([]).item(), "\(name)")
        }
    }

    @Test func mistakesOnTheCommandLine() throws {
        try write(golden())
        func run(_ arguments: String...) throws -> Command.Result {
            try margin.start(["head"] + arguments).result()
        }
        let files = ["in.safetensors", "out.safetensors"]
        #expect(try run("arcfase", files[0], files[1]).refused("did you mean “arcface”?"))
        #expect(try run("arcface", "none.safetensors", files[1]).refused("none.safetensors"))
        #expect(try run("arcface", files[0], files[1], "--path", "streaming").refused("float32", "reference path"))
        #expect(
            try run("curricularface", files[0], files[1], "--path", "streaming", "--dtype", "float32")
                .refused("reference path"))
        let unknown = try run("arcface", files[0], files[1], "--path", "quick")
        #expect(unknown.code == 64 && unknown.errors.contains("quick"))
        #expect(try run("arcface", files[0]).code == 64)
        #expect(try run().code == 64)
        #expect(try run("arcface", "--json").code == 64)
        #expect(try run("--list", "--plot", "a.svg").code == 64)
    }

    @Test func listAndPlot() throws {
        let text = try margin("head", "--list").output
        for name in [
            "softmax", "weighted-softmax", "real-world-weight", "sphereface-r", "camri", "mama", "inter-topk",
            "oc-softmax",
        ] {
            #expect(text.contains("\n\(name)  –  ") || text.hasPrefix("\(name)  –  "))
        }
        #expect(text.contains("default 0.5; 0 to π") && text.contains("Huang et al., CVPR 2020"))
        let list = try margin("head", "--list", "--json").output
        let heads = try #require(try JSONSerialization.jsonObject(with: Data(list.utf8)) as? [[String: Any]])
        #expect(heads.count == 23 && heads.allSatisfy { ($0["equation"] as? String)?.isEmpty == false })
        let one = try margin("head", "arcface", "--list")
        #expect(one.output.contains("beyond_pi") && !one.output.contains("camri"))

        #expect(try margin("head", "camri", "--plot", "camri.svg").code == 0)
        #expect(try margin("head", "arcface", "--plot", "arcface.svg", "--set", "m=0.3").code == 0)
        let drawn = try margin.folder.text("arcface.svg")
        #expect(drawn.hasPrefix("<svg") && drawn.contains("m = 0.3") && drawn.contains("ψ, own class"))
    }
}
