import Experiments
import Models
import TestSupport
import Testing
import Torch

@Suite struct OneShotTestTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try Toy.write(identities: 3, pictures: 2, to: folder, named: "people")
    }

    private func model() throws -> EmbeddingModel {
        let description = try Toy.network()
        return EmbeddingModel(
            transform: PictureTransform(channels: 1, height: 16, width: 16), description: description,
            backbone: try description.backbone(generator: Generator(seed: 1)), addsMirrored: false, classNames: [])
    }

    private func accuracy(_ rows: [String]) throws -> Double {
        let file = try folder.write("people/runs.csv", (["path,label,run,role"] + rows).joined(separator: "\n"))
        return try OneShotTest(path: file).accuracy(model()).value
    }

    @Test func probesThatAreTheExamplesAreFound() throws {
        let rows = (0..<3).flatMap { ["p\($0)/0.png,\($0),1,example", "p\($0)/0.png,\($0),1,probe"] }
        #expect(try accuracy(rows) == 1)
        // Labels moved on by one: the nearest example now always bears another label.
        let wrong = (0..<3).flatMap { ["p\($0)/0.png,\($0),1,example", "p\($0)/0.png,\(($0 + 1) % 3),1,probe"] }
        #expect(try accuracy(wrong) == 0)
        // Two runs, of three right probes and one wrong one: three quarters.
        let both =
            rows + ["p0/0.png,a,2,example", "p1/0.png,b,2,example", "p2/1.png,c,2,example", "p0/0.png,b,2,probe"]
        #expect(try accuracy(both) == 0.75)
    }

    /// A run that broke down is told under the name of those that did not.
    @Test func guessingFindsOneInN() throws {
        let rows = (0..<3).flatMap { ["p\($0)/0.png,\($0),1,example", "p\($0)/0.png,\($0),1,probe"] }
        let file = try folder.write("people/runs.csv", (["path,label,run,role"] + rows).joined(separator: "\n"))
        let test = try OneShotTest(path: file)
        #expect(try test.chance().name == test.accuracy(model()).name && test.chance().value == 1.0 / 3)
    }

    @Test(arguments: [
        (["p0/0.png,0,1,exmaple"], "runs.csv:2: needs the columns run and role"),
        (["p0/0.png,0,1,example"], "every run needs examples, equally many, and a probe"),
        (["p0/0.png,0,1,probe"], "every run needs examples, equally many, and a probe"),
        (["p0/0.png,0,1,example", "p1/0.png,9,1,probe"], "p1/0.png: has a label without an example in its run"),
    ])
    func runsThatAreNoneAreRefused(_ rows: [String], _ expected: String) throws {
        #expect(message { try accuracy(rows) }?.contains(expected) == true)
    }
}
