import Datasets
import Foundation
import TestSupport
import Testing

@Suite struct TrainTests {
    private let margin: Command

    init() throws {
        margin = try Command()
    }

    private var folder: TemporaryFolder { margin.folder }

    @Test func fromPicturesToAModel() throws {
        let result = try margin("train", "recipe.yaml", "--json")
        #expect(result.code == 0)
        let summary = try result.json()
        #expect(summary["run"] as? String == "runs/toy")
        #expect((summary["best"] as? [String: Any])?["epoch"] is Int)
        #expect(result.errors.contains("train: 24 pictures of 4 identities") && result.errors.contains("first loss "))
        #expect(folder.has("runs/toy/model/weights.safetensors"))

        let again = try margin("train", "recipe.yaml")
        #expect(again.refused("runs/toy: holds an earlier run", "--resume", "--overwrite"))
        let resumed = try margin("train", "recipe.yaml", "--resume")
        #expect(resumed.code == 0 && resumed.output == "runs/toy\n" && resumed.errors.contains("resumed after step 6"))
        #expect(try margin("train", "recipe.yaml", "--overwrite", "--set", "seed=2", "training.epochs=1").code == 0)
        #expect(try folder.text("runs/toy/recipe.yaml").contains("seed: 2"))
    }

    @Test func aProfileShowsWhereTheTimeGoesAndChangesNothing() throws {
        let plain = try margin("train", "recipe.yaml", "--set", "training.epochs=10")
        #expect(plain.code == 0)
        let weights = try folder.read("runs/toy/model/weights.safetensors")
        let result = try margin("train", "recipe.yaml", "--overwrite", "--profile", "--set", "training.epochs=10")
        #expect(result.code == 0)
        for line in [
            "20 steps, ", "phase ", "network forward ", "backward ", "wait for data ", "aten::convolution_backward ",
        ] {
            #expect(result.errors.contains("\n\(line)") || result.errors.contains(line), "\(line)")
        }
        #expect(folder.has("runs/toy/profile/trace.json"))
        #expect(try folder.text("runs/toy/profile/times.csv").contains("phase,optimiser,20,"))
        #expect(try folder.read("runs/toy/model/weights.safetensors") == weights)
    }

    @Test func flagsThatContradictAreRefused() throws {
        let result = try margin("train", "recipe.yaml", "--resume", "--overwrite")
        #expect(result.code == 64 && result.errors.contains("choose one"))
    }

    @Test func controlCSavesAndResumeCompletes() throws {
        let epochs = 30
        let running = try margin.start("train", "recipe.yaml", "--set", "training.epochs=\(epochs)")
        // Interrupted once it is under way.
        running.wait { (try? folder.text("runs/toy/log.jsonl").contains("\"step\"")) == true }
        running.interrupt()
        let result = try running.result()
        #expect(result.code == 130 && result.output.isEmpty)
        #expect(result.errors.contains("stopping after this step"))
        #expect(result.errors.contains("go on with: margin train recipe.yaml --set training.epochs=30 --resume"))
        #expect(try !folder.names(in: "runs/toy/checkpoints").isEmpty)

        let resumed = try margin("train", "recipe.yaml", "--resume", "--set", "training.epochs=\(epochs)")
        #expect(resumed.code == 0 && resumed.errors.contains("resumed after step "))
        // Every step was done once.
        let steps = try folder.text("runs/toy/log.jsonl").split(separator: "\n").compactMap { line -> Int? in
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            return object?["event"] as? String == "step" ? object?["step"] as? Int : nil
        }
        #expect(steps == Array(1...epochs * 3))
    }

    /// A rate that drives the weights out of all bounds in one step.
    @Test func aLossThatIsNoNumberIsExplained() throws {
        let settings = ["training.learning_rate=1000", "training.momentum=0.99", "network.batch_normalization=false"]
        let result = try margin.start(
            ["train", "recipe.yaml", "--detect-anomaly", "--set", "training.epochs=200"] + settings
        ).result()
        #expect(result.code == 1, "\(result.errors)")
        #expect(
            result.errors.contains("the network has collapsed")
                || result.errors.contains("The last steps that went well:"))
        let calm = try margin("train", "recipe.yaml", "--detect-anomaly", "--overwrite")
        #expect(calm.code == 0)
    }

    @Test func weightsToBeginWithAreNamedOnTheCommandLine() throws {
        #expect(try margin("train", "recipe.yaml").code == 0)
        try folder.write("it's a file.safetensors", folder.read("runs/toy/model/weights.safetensors"))
        let result = try margin(
            "train", "recipe.yaml", "--init", "it's a file.safetensors", "--set", "name=next", "network.freeze=[layer*]"
        )
        #expect(result.code == 0 && result.errors.contains("begins with "), "\(result.errors)")
        #expect(result.errors.contains("it's a file.safetensors: "))
        #expect(try margin("train", "recipe.yaml", "--init", "no.pt").refused("network.init: no.pt: was not found"))
        let info = try margin("info", "runs/next")
        #expect(info.output.contains("init: ") && info.output.contains("SHA-256"))
    }

    @Test func aPoliteKillSavesToo() throws {
        let running = try margin.start("train", "recipe.yaml", "--set", "training.epochs=200")
        running.wait { (try? folder.text("runs/toy/log.jsonl").contains("\"step\"")) == true }
        running.terminate()
        let result = try running.result()
        #expect(result.code == 143 && result.errors.contains("stopping after this step"))
        #expect(try !folder.names(in: "runs/toy/checkpoints").isEmpty)
    }

    @Test func recipesThatAreWrongAreRefused() throws {
        #expect(try margin("train", "no.yaml").refused("no.yaml: there is no recipe file of this name"))
        func refused(_ setting: String, _ part: String) throws -> Bool {
            try margin("train", "recipe.yaml", "--set", setting).refused("recipe.yaml: ", part)
        }
        #expect(try refused("training.epoch=3", "training.epoch: is no key here; did you mean epochs?"))
        #expect(try refused("training.epochs=lots", "training.epochs: must be a whole number, not “lots”"))
        #expect(try refused("head.m=5", "head.m: m is 5 where a number from 0 to 2 is wanted"))
        #expect(try margin("train", "recipe.yaml", "--set", "epochs").refused("write key=value"))
        try folder.write("bad.yaml", ToyRecipe.text.replacing("draws: 20", with: "drows: 20"))
        let typo = try margin("train", "bad.yaml")
        #expect(typo.refused("bad.yaml:9: evaluation.drows: is no key here; did you mean draws?"))
        #expect(!folder.has("runs"))
    }

    @Test func dataThatCannotBeTrainedOnAreRefused() throws {
        func refused(_ path: String, _ parts: String...) throws -> Bool {
            let result = try margin("train", "recipe.yaml", "--set", "data.path=\(path)")
            return result.refused(path) && parts.allSatisfy(result.errors.contains)
        }
        #expect(try refused("nowhere", "was not found; searched: ", "--data"))
        try FileManager.default.createDirectory(atPath: folder("data/empty"), withIntermediateDirectories: true)
        #expect(try refused("empty", "no samples here", "it is empty"))
        for number in 0..<4 {
            try folder.write("data/one/ann/\(number).png", Toy.picture(identity: 0, number: number).pngData())
        }
        #expect(try refused("one", "all samples bear the label 'ann': at least two identities are needed"))
        for identity in 0..<8 {
            try folder.write("data/single/p\(identity)/a.png", Toy.picture(identity: identity, number: 0).pngData())
        }
        #expect(try refused("single", "the set 'development' cannot be used", "one picture each"))
        #expect(!folder.has("runs"))
    }

    @Test func manifestsThatAreWrongAreRefused() throws {
        func refused(_ rows: String..., saying part: String) throws -> Bool {
            try folder.write("data/people/m.csv", (["path,label,split"] + rows).joined(separator: "\n"))
            let result = try margin(
                "train", "recipe.yaml", "--set", "data.path=people/m.csv", "data.split={column: true}")
            return result.refused("m.csv", part)
        }
        let rows = ["p0/0.png,p0,train", "p1/0.png,p1,train"]
        #expect(try refused(rows[0], "p1/0.png", saying: "m.csv:3: 1 cells where the header names 3"))
        #expect(try refused(rows[0], "p1/0.png,,train", saying: "m.csv:3: its label is empty"))
        #expect(try refused(rows[0], rows[1], rows[1], saying: "lists 'p1/0.png' twice"))
        #expect(try refused(rows[0], rows[1], "p2/0.png,p2,test", saying: "the set 'test' cannot be used"))
    }

    @Test func picturesThatAreDamagedAreNamed() throws {
        let everybody = "data.split={train: [p0, p1, p2, p3], development: [p4, p5], test: [p6, p7]}"
        let jpeg = try #require(Data(base64Encoded: Pictures.jpeg))
        try folder.write("data/people/p2/cut.jpg", Array(jpeg.dropLast(30)))
        let cut = try margin("train", "recipe.yaml", "--set", everybody)
        #expect(cut.code == 1 && cut.errors.contains("people/p2/cut.jpg: is a JPEG picture that ends too soon"))

        try folder.write("data/people/p2/cut.jpg", Array(jpeg))
        try folder.write("data/people/p3/text.png", "these are words")
        let text = try margin("train", "recipe.yaml", "--overwrite", "--set", everybody)
        #expect(text.code == 1 && text.errors.contains("people/p3/text.png: is not a picture that can be read"))

        try FileManager.default.removeItem(atPath: folder("data/people/p3/text.png"))
        #expect(try margin("train", "recipe.yaml", "--overwrite", "--set", everybody).code == 0)
    }

    @Test func theSmallestAndALargePictureAreTrainedOn() throws {
        try folder.write("data/people/p0/one.pgm", Image(width: 1, height: 1, channels: 1, filledWith: 9).netpbmData())
        try folder.write(
            "data/people/p1/large.pgm", Image(width: 5000, height: 4000, channels: 1, filledWith: 99).netpbmData())
        let result = try margin("train", "recipe.yaml", "--set", "training.epochs=1")
        #expect(result.code == 0, "\(result.errors)")
        #expect(folder.has("runs/toy/model/model.json"))
    }

    @Test func whatCannotBeGoneOnWithIsRefused() throws {
        #expect(try margin("train", "recipe.yaml", "--resume").refused("runs/toy: holds no run to go on with"))
        #expect(!folder.has("runs"))
        #expect(try margin("train", "recipe.yaml").code == 0)
        let recipe = try folder.text("runs/toy/recipe.yaml")
        let model = try folder.read("runs/toy/model/weights.safetensors")
        let other = try margin("train", "recipe.yaml", "--resume", "--set", "network.embedding=6")
        #expect(other.code == 1)
        #expect(other.errors.contains("runs/toy: was begun with another recipe: network.embedding is 6 and was 8"))
        #expect(try folder.text("runs/toy/recipe.yaml") == recipe)
        #expect(try folder.read("runs/toy/model/weights.safetensors") == model)
    }

    @Test func aFolderThatCannotBeWrittenIsNamed() throws {
        let result = try margin("train", "recipe.yaml", "--runs", "recipe.yaml/runs")
        #expect(result.refused("recipe.yaml/runs/toy: cannot be written", "--runs"))
    }
}
