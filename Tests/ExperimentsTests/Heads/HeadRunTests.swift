import AngularMargin
import Experiments
import Foundation
import TestSupport
import Testing
import Torch

/// A head computed from a file.
@Suite struct HeadRunTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func run(
        _ head: String, _ tensors: [(String, Tensor)], _ settings: String..., precision: HeadRun.Precision? = nil
    ) throws -> (run: HeadRun, tensors: [String: Tensor]) {
        let file = folder("in.safetensors")
        try Safetensors.save(tensors, to: URL(filePath: file))
        let run = try HeadRun(head: head, input: file, settings: settings, precision: precision)
        try run.write(to: folder("out.safetensors"))
        return (run, try Safetensors.load(URL(filePath: folder("out.safetensors"))).tensors)
    }

    private func golden(labels: [Int] = [0, 2]) throws -> [(String, Tensor)] {
        [
            ("features", try Tensor([1.0, 2, -1, 0.5, -1, 2], shape: [2, 3])),
            ("weights", try Tensor([1.0, 0, 0.5, -0.5, 1, 0, 0.2, -0.3, 1], shape: [3, 3])),
            ("labels", try Tensor(labels)),
        ]
    }

    @Test func settingsTypesAndState() throws {
        let tensors = try golden() + [("state.t", Tensor([0.1])), ("bias", Tensor([1.0]))]
        let first = try run("curricularface", tensors, "alpha=0.1", "update=true", precision: .float32)
        #expect(first.run.unread == ["bias"])
        #expect(first.tensors["loss"]?.scalarType == .float32 && abs(first.run.loss - 22.1576) < 1e-4)
        let moved = try #require(first.tensors["state.t"]).item()
        #expect(abs(moved - (0.09 + 0.1 * (0.182574 + 0.985354) / 2)) < 1e-6)

        let second = try run("curricularface", tensors)
        #expect(try abs(second.run.loss - 21.309304879) < 1e-9 && #require(second.tensors["state.t"]).item() == 0.1)

        let third = try run("uniface", tensors, "regularizer=exclusive").tensors
        #expect(third["bias.grad"]?.shape == [1] && third["regularizer.weights.grad"]?.shape == [3, 3])
        #expect(try abs(#require(third["regularizer"]).item() - 0.231268437) < 1e-9)
        let without = try run("uniface", tensors).tensors
        #expect(try third["loss"]?.item() == without["loss"]?.item())
    }

    @Test func drawsBeginFromTheSeed() throws {
        let losses = try ["seed=1", "seed=1", "seed=2"].map { try run("elasticface", golden(), $0).run.loss }
        #expect(losses[0] == losses[1] && losses[0] != losses[2])
        let state = try run("elasticface", golden(), "seed=5", "update=true").tensors
        #expect(try state["state.seed"]?.item() == 5 && state["state.step"]?.item() == 1)
        let sampled = try run("arcface", golden(), "sample_rate=0.7", "seed=3").tensors
        #expect(sampled["classes"]?.shape == [2] && sampled["logits"]?.shape == [2, 2])
    }

    @Test func pairsOfTwoModalities() throws {
        let parts = try golden()
        let input = [("video", parts[0].1), ("text", try parts[1].1.rows(Tensor([0, 2])))]
        let found = try run("mama", input, "mu=0.2", "tau=0.07")
        #expect(abs(found.run.loss - 0.001340754 - 1.532973132) < 2e-9)
        #expect(
            Set(found.tensors.keys) == ["loss", "losses", "logits", "v2t", "t2v", "video.grad", "text.grad"])
        let weighted = try run("mama", input + [("sample_weights", Tensor([1.0, 0]))], "mu=0.2").tensors
        let losses = try #require(weighted["losses"]).reals()
        #expect(try abs(#require(weighted["loss"]).item() - losses[0] / 2) < 1e-14)
        #expect(try distance(#require(weighted["sample_weights.grad"]).reals(), losses.map { $0 / 2 }) < 1e-14)
    }

    @Test func marginsOfClassesAndSubcenters() throws {
        let parts = try golden()
        let found = try run("camri", parts + [("margins", Tensor([0, 0, 4 * Double.pi / 64]))])
        #expect(abs(found.run.loss - 2.924553060) < 1e-9 && found.tensors["margins.grad"]?.shape == [3])
        #expect(try run("camri", parts, "classes=2").run.loss == found.run.loss)
        #expect(try run("camri", parts, "classes=0,1").run.loss != found.run.loss)

        // As many as the file has.
        let centers = try Tensor.stacked([parts[1].1, -parts[1].1], dimension: 1)
        let three = try run("subcenter-arcface", [parts[0], ("weights", centers), parts[2]]).tensors
        #expect(three["weights.grad"]?.shape == [3, 2, 3])
    }

    @Test func weightsOfClasses() throws {
        let parts = try golden()
        let weights = ("class_weights", try Tensor([1.0, 4, 2]))
        let plain = try #require(run("softmax", parts).tensors["losses"]).reals()
        let labels: [Int] = try parts[2].1.elements()
        let factors = labels.map { [1.0, 4, 2][$0] }
        let weighted = zip(plain, factors).map { $0 * $1 }
        let found = try run("weighted-softmax", parts + [weights])
        #expect(try distance(#require(found.tensors["losses"]).reals(), weighted) < 1e-12)
        #expect(abs(found.run.loss - weighted.reduce(0, +) / Double(labels.count)) < 1e-12)
        #expect(found.tensors["class_weights.grad"]?.shape == [3] && found.run.unread.isEmpty)
        let byWeights = try run("weighted-softmax", parts + [weights], "mean=weights").run.loss
        #expect(abs(byWeights - weighted.reduce(0, +) / factors.reduce(0, +)) < 1e-12)
        #expect(
            try run("weighted-softmax", parts, "classes=1", "weight=4", "class_weights=2:2").run.loss == found.run.loss)
        #expect(try run("softmax", parts + [weights]).run.loss == found.run.loss)
        #expect(
            message { try run("weighted-softmax", parts + [weights], "classes=1") }?.contains("given for all") == true)
        let priced = try run("real-world-weight", parts, "classes=1").tensors
        #expect(priced["missed"]?.shape == [labels.count] && priced["false_positives"]?.shape == [labels.count])
    }

    @Test func otherOutputs() throws {
        let found = try run("virtual-softmax", golden()).tensors
        #expect(found["logits"]?.shape == [2, 3] && found["virtual_logits"]?.shape == [2])
        let penalties = try run("magface", golden(), "lambda_g=2").tensors
        let penalty = try #require(penalties["penalty.magnitude"]).item()
        #expect(try abs(#require(penalties["loss"]).item() - 25.951322772 - 2 * penalty) < 1e-9)
        let bias = try run("sphereface2", golden()).tensors
        #expect(bias["bias.grad"]?.shape == [1])
    }

    @Test func badFilesAreNamedWithWhatIsWrong() throws {
        let file = folder("in.safetensors")
        func refused(_ tensors: [(String, Tensor)], by head: String = "arcface", _ part: String) throws {
            let text = message { try run(head, tensors) } ?? ""
            #expect(text.hasPrefix("\(file): ") && text.contains(part), "\(text)")
        }
        let good = try golden()
        try refused([good[0], good[1], ("lables", good[2].1)], "no “labels”; is “lables” meant")
        try refused([good[0], good[2]], "no “weights”; it has features, labels")
        try refused(golden(labels: [0, 3]), "row 1 has the label 3; with 3 classes, labels are 0 to 2")
        try refused([good[0], good[1], ("labels", Tensor([0.0, 1]))], "labels are float64")
        try refused([good[0], good[1], ("labels", Tensor([0]))], "labels have the shape [1] where [2]")
        try refused(
            [("features", Tensor([1.0, 2, 3, .infinity], shape: [2, 2])), good[1], good[2]],
            "row 1 of “features” has an entry that is inf")
        try refused([("features", Tensor([1.0, 2, 3])), good[1], good[2]], "“features” has the shape [3]")
        try refused([("features", Tensor([1, 2, 3], shape: [1, 3])), good[1], good[2]], "“features” is int64")
        try refused([good[0], ("weights", Tensor.ones([3, 4])), good[2]], "[3, 4] where [C, 3] is wanted")
        try refused(good + [("bias", Tensor([1.0, 2]))], by: "sphereface2", "biases have the shape [2] where [1]")
        try refused(good + [("margins", Tensor([1.0, 2]))], by: "camri", "2 amounts for 3 classes")
        try refused(
            good + [("class_weights", Tensor([1.0, 2]))], by: "softmax", "class weights have the shape [2] where [3]")
        try refused(good + [("state.t", Tensor([1.0, 2]))], by: "curricularface", "“state.t” has the shape [2]")
        try refused(good + [("state.step", Tensor([0.5]))], by: "elasticface", "“state.step” is 0.5")
        try refused([("features", good[0].1 * 1e16), good[1], good[2]], "is the largest allowed")
        try refused([("video", good[0].1), ("text", good[1].1)], by: "mama", "they go in pairs")

        try folder.write("in.safetensors", "no tensors")
        #expect(message { try HeadRun(head: "arcface", input: file) }?.contains("in.safetensors") == true)
    }

    @Test(arguments: [
        ("arcface", "margin=2", "has no key “margin”"), ("arcface", "m", "--set m: write key=value"),
        ("arcface", "m=9", "m is 9 where"), ("arcface", "update=2", "update is 2 where true or false"),
        ("elasticface", "seed=-1", "seed is -1 where a whole number"), ("elasticface", "seed=x", "seed is x where"),
        ("sphereface2", "virtual=full", "a virtual class is one more"), ("arcfase", "m=1", "did you mean “arcface”?"),
    ])
    func badSettings(head: String, setting: String, expected: String) throws {
        let text = message { try run(head, golden(), setting) } ?? ""
        #expect(text.contains(expected), "\(text)")
    }

    @Test func aKeyIsSetOnce() throws {
        #expect(try message { try run("arcface", golden(), "m=1", "m=2") }?.contains("m is set twice") == true)
    }

    private func distance(_ first: [Double], _ second: [Double]) -> Double {
        zip(first, second).map { abs($0 - $1) }.max() ?? 0
    }
}
