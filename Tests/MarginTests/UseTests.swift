import Datasets
import Foundation
import TestSupport
import Testing
import Torch

/// What is done with a trained model.
@Suite struct UseTests {
    private let margin: Command

    init() throws {
        margin = try Command()
        try #require(try margin("train", "recipe.yaml").code == 0)
    }

    private var folder: TemporaryFolder { margin.folder }

    @Test func evaluating() throws {
        let json = try margin("evaluate", "runs/toy", "--json")
        #expect(json.code == 0 && folder.has("runs/toy/evaluation.json"))
        let reports = try #require(try json.json()["reports"] as? [[String: Any]])
        let row = try #require((reports.first?["rows"] as? [[String: Any]])?.first)
        #expect(row["set"] as? String == "test" && row["genuineCount"] as? Int == 30)

        let table = try margin("evaluate", "runs/toy", "--against", "runs/toy")
        #expect(table.code == 0 && table.output.contains("difference"))
        #expect(table.output.contains("test: no difference shown") && table.output.contains("+0.00 [+0.00, +0.00]"))

        #expect(try margin("evaluate", "runs/tay").refused("runs/tay", "there is no such folder"))
        let set = try margin("evaluate", "runs/toy", "--set", "evaluation.sets=[unseen]")
        #expect(set.refused("unseen: is no set of this split; there are train, development, test"))
        #expect(try margin("evaluate", "runs/toy", "--recipe", "no.yaml").refused("no.yaml: there is no recipe file"))
    }

    @Test func verifying() throws {
        let (first, second) = ("data/people/p0/0.png", "data/people/p1/0.png")
        let json = try margin("verify", "runs/toy", first, second, "--json").json()
        #expect(json["isSame"] is Bool && json["threshold"] is [String: Any])
        #expect((json["score"] as? Double).map { abs($0) <= 1.000001 } == true)
        let same = try margin("verify", "runs/toy/model", first, first, "--far", "0.4")
        #expect(same.code == 0 && same.output.contains("\nsame\n") && same.output.contains("score 1 "))

        #expect(try margin("verify", "runs/toy", first, "no.png").refused("no.png: there is no such file"))
        #expect(try margin("verify", "data", first, second).refused("data: is no model folder"))
        let rate = try margin("verify", "runs/toy", first, second, "--far", "2")
        #expect(rate.code == 64 && rate.errors.contains("--far is a rate above 0 and below 1"))
        try folder.write("words.png", "words")
        #expect(try margin("verify", "runs/toy", first, "words.png").refused("words.png: is not a picture"))
    }

    @Test func embedding() throws {
        let json = try margin("embed", "runs/toy", "data/people/p0", "--json")
        let records = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]])
        #expect(json.code == 0 && records.count == 6 && records[0]["path"] as? String == "data/people/p0/0.png")
        #expect((records[0]["embedding"] as? [Double])?.count == 8)

        // A picture that cannot be read does not keep the others from being embedded.
        try folder.write("data/people/p0/words.png", "words")
        let result = try margin("embed", "runs/toy", "data/people/p0", "--output", "e.safetensors")
        #expect(result.code == 1 && result.output.isEmpty)
        #expect(result.errors.contains("passed over: data/people/p0/words.png: is not a picture"))
        let file = try Safetensors.load(URL(filePath: folder("e.safetensors")))
        #expect(file.tensors["embeddings"]?.shape == [6, 8])

        #expect(try margin("embed", "runs/toy", "data/people/p0", "--output", "e.csv").code == 64)
        let place = try margin("embed", "runs/toy", "data/people/p0", "--output", "recipe.yaml/e.npy")
        #expect(place.refused("recipe.yaml/e.npy: cannot be written"))
        #expect(try margin("embed", "runs/toy", "nothing").refused("nothing: there is no such file or folder"))
        let device = try margin("embed", "runs/toy", "data/people/p0", "--device", "gpu")
        #expect(device.refused("there is no device “gpu”; write cpu, cuda"))
    }

    @Test func theSmallestAndALargePictureAreUsed() throws {
        try folder.write("one.pgm", Image(width: 1, height: 1, channels: 1, filledWith: 9).netpbmData())
        try folder.write("large.pgm", Image(width: 5000, height: 4000, channels: 1, filledWith: 99).netpbmData())
        let result = try margin("verify", "runs/toy", "one.pgm", "large.pgm", "--json")
        #expect(result.code == 0)
        #expect(try result.json()["score"] is Double)
    }

    @Test func describing() throws {
        let text = try margin("info", "runs/toy").output
        #expect(text.contains("network: sfnet-small, ") && text.contains("trained on: 4 identities"))
        #expect(text.contains("threshold at FAR") && text.contains("head: cosface m=0.1 s=16"))
        let json = try margin("info", "runs/toy/model", "--json").json()
        #expect(json["embeddingSize"] as? Int == 8 && json["thresholds"] is [Any])
    }

    @Test func modelsThatAreNoneAreRefused() throws {
        #expect(try margin("info", "nowhere").refused("nowhere: there is no such folder"))
        #expect(try margin("train", "recipe.yaml", "--set", "name=other", "network.embedding=6").code == 0)
        let weights = try folder.read("runs/other/model/weights.safetensors")
        let own = try folder.read("runs/toy/model/weights.safetensors")
        try folder.write("runs/toy/model/weights.safetensors", weights)
        #expect(try margin("info", "runs/toy").refused("weights.safetensors: the weights belong to another network"))
        try folder.write("runs/toy/model/weights.safetensors", own.dropLast(9))
        #expect(try margin("info", "runs/toy").refused("weights.safetensors"))
        try folder.write("runs/toy/model/model.json", #"{"format": 2}"#)
        #expect(try margin("info", "runs/toy").refused("model.json: was written by a newer version"))
    }
}
