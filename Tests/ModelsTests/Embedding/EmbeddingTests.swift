import Datasets
import Models
import Networks
import TestSupport
import Testing
import Torch
import Verification

@Suite struct EmbeddingTests {
    private let source = Toy.source(identities: 3, pictures: 3)

    private func numbers(_ tensor: Tensor) throws -> [Float] { try tensor.elements() }

    private func largestDifference(_ first: Tensor, _ second: Tensor) throws -> Float {
        zip(try numbers(first), try numbers(second)).map { abs($0 - $1) }.max() ?? .infinity
    }

    @Test func embeddingsHaveLengthOneAndTheOrderOfTheIndices() throws {
        let model = try ToyModel.make()
        let indices = [4, 0, 8, 4]
        let embeddings = try model.embeddings(of: source, indices: indices, batchSize: 3)
        #expect(embeddings.shape == [4, 8])
        for row in 0..<4 {
            let length = try (embeddings[row] * embeddings[row]).sum().item()
            #expect(abs(length - 1) < 1e-5)
        }
        #expect(try largestDifference(embeddings[0], embeddings[3]) < 1e-5)
        let single = try model.embeddings(
            ofFramed: [model.transform.framedImage(of: source.items[8], in: source)])
        #expect(try largestDifference(embeddings[2], single[0]) < 1e-5)
        #expect(try model.embeddings(of: source, indices: []).shape == [0, 8])
    }

    @Test func companyInTheBatchChangesNothing() throws {
        let model = try ToyModel.make()
        let all = try model.embeddings(of: source, indices: Array(source.items.indices))
        for index in source.items.indices {
            let alone = try model.embeddings(of: source, indices: [index])
            #expect(try largestDifference(all[index], alone[0]) < 1e-5)
        }
    }

    @Test func theMirrorImageIsAddedBeforeTheLengthIsTaken() throws {
        let model = try ToyModel.make(addsMirrored: true)
        let image = try model.transform.framedImage(of: source.items[0], in: source)
        let sum = try withoutGradients {
            try model.backbone(model.transform.batch([image]), mode: .evaluation)
                + model.backbone(model.transform.batch([image.flippedHorizontally()]), mode: .evaluation)
        }
        let values = try sum.reals()
        let length = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
        let embedding = try model.embeddings(ofFramed: [image]).reals()
        #expect(zip(values, embedding).allSatisfy { abs($0 / length - $1) < 1e-5 })
        let mirrored = try model.embeddings(ofFramed: [image.flippedHorizontally()]).reals()
        #expect(zip(mirrored, embedding).allSatisfy { abs($0 - $1) < 1e-5 })
    }

    @Test func progressCountsPictures() throws {
        var steps: [Int] = []
        _ = try ToyModel.make().embeddings(of: source, indices: Array(0..<7), batchSize: 3) { steps.append($0) }
        #expect(steps == [3, 6, 7])
    }

    @Test func aPictureThatCannotBeReadIsNamed() throws {
        let folder = try TemporaryFolder()
        try folder.write("a/1.png", Toy.picture(identity: 0, number: 0).pngData())
        try folder.write("a/2.png", "no picture")
        let broken = try FolderSource(root: folder.path)
        let text = try #require(message { try ToyModel.make().embeddings(of: broken, indices: [0, 1]) })
        #expect(text.contains("a/2.png") && text.contains("not a picture"))
    }

    @Test func rowsOfZerosStayZero() throws {
        let rows = try Tensor([3, 4, 0, 0] as [Float]).reshaped([2, 2]).unitRows()
        #expect(try zip(numbers(rows), [0.6, 0.8, 0, 0]).allSatisfy { abs($0 - $1) < 1e-6 })
    }

    @Test func scoresAreCosinesPairByPair() throws {
        let model = try ToyModel.make()
        let embeddings = try model.embeddings(of: source, indices: Array(source.items.indices))
        let rows = try (0..<9).map { try embeddings[$0].reals() }
        let list = TrialList(allPairsOf: source.items.map(\.label))
        let scores = try Scoring.scores(of: list, embeddings: embeddings)
        let matrix = try Scoring.matrix(embeddings, embeddings).reals()
        #expect(scores.count == 36)
        for trial in 0..<list.count {
            let (left, right) = (list[trial].left, list[trial].right)
            let naive = zip(rows[left], rows[right]).reduce(0) { $0 + $1.0 * $1.1 }
            #expect(abs(scores[trial] - naive) < 1e-6 && abs(matrix[left * 9 + right] - naive) < 1e-6)
        }
    }

    @Test func theNearestThresholdByRatioIsTaken() throws {
        var model = try ToyModel.make()
        #expect(model.threshold() == nil && model.threshold(falseAcceptRate: 0.1) == nil)
        // 100 impostor trials support 0.3 and above.
        let scores = try Scores(
            genuine: (0..<50).map { 0.5 + Double($0) / 100 }, impostor: (0..<100).map { Double($0) / 110 })
        model.thresholds = try [0.01, 0.1, 0.3, 0.9].map {
            try DecisionThreshold(falseAcceptRate: $0, on: scores, source: "test", allowingUnsupported: true)
        }
        #expect(model.threshold()?.falseAcceptRateAsked == 0.3)
        #expect(model.threshold(falseAcceptRate: 0.04)?.falseAcceptRateAsked == 0.1)
        #expect(model.threshold(falseAcceptRate: 0.02)?.falseAcceptRateAsked == 0.01)
        #expect(model.threshold(falseAcceptRate: 0.99)?.falseAcceptRateAsked == 0.9)
        model.thresholds = Array(model.thresholds.prefix(2))
        #expect(model.threshold()?.falseAcceptRateAsked == 0.1)
    }
}
