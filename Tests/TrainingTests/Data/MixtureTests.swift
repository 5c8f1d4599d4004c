import AngularMargin
import Datasets
import Models
import TestSupport
import Testing
import Torch

@testable import Training

@Suite struct MixtureTests {
    @Test func rowsAreMixedWithThoseOfAPermutation() throws {
        var generator = SeededGenerator(seed: 3)
        let mixture = Mixture(alpha: 0.7, count: 5, using: &generator)
        #expect(mixture.partners.sorted() == [0, 1, 2, 3, 4] && (0.5...1).contains(mixture.share))
        let rows: [[Double]] = (0..<5).map { [Double($0), 10 * Double($0)] }
        let mixed = try mixture.mixed(Tensor(rows.flatMap { $0 }).reshaped([5, 2]))
        for (row, partner) in mixture.partners.enumerated() {
            let found: [Double] = try mixed[row].reals()
            for column in 0..<2 {
                let expected = mixture.share * rows[row][column] + (1 - mixture.share) * rows[partner][column]
                #expect(abs(found[column] - expected) < 1e-12)
            }
        }
    }

    @Test func sharesAreDrawnAnewForEachBatchAndRepeatably() throws {
        func data(_ mixup: Double) throws -> TrainingData {
            let source = Toy.source(identities: 2, pictures: 2)
            return TrainingData(
                source: source, sampler: SequentialSampler(indices: [0, 1, 2, 3], batchSize: 4),
                transform: PictureTransform(channels: 1, height: 4, width: 4), augmentation: Augmentation(),
                classes: Classes(labels: source.items.map(\.label)), mixup: mixup, seed: 1)
        }
        #expect(try data(0).mixture(epoch: 0, batch: 0, count: 4) == nil)
        let shares = try (0..<6).map { try data(0.4).mixture(epoch: $0 / 3, batch: $0 % 3, count: 4)?.share }
        #expect(Set(shares).count == 6)
        #expect(try shares == (0..<6).map { try data(0.4).mixture(epoch: $0 / 3, batch: $0 % 3, count: 4)?.share })
    }

    /// The first step's loss, against λ L(y) + (1 − λ) L(y′) of a head and a network built again.
    @Test(arguments: ["cosface", "arcface", "sphereface2"]) func theLossIsThatOfBothLabels(_ head: String) throws {
        var run = ToyRun()
        run.head = head
        run.headValues = [:]
        run.mixup = 0.5
        let report = try #require(try run.reports().first)

        let loop = try run.make().loop
        let batches = loop.data.batches(epoch: 0)
        let loading = loop.data.start(batches, epoch: 0, from: 0)
        let batch = try #require(try loading.next())
        let mixture = try #require(loop.data.mixture(epoch: 0, batch: 0, count: batch.indices.count))
        let pictures = try loop.data.transform.batch(batch.samples)
        let both = try (0..<batch.indices.count).map { row in
            try pictures[row] * mixture.share + pictures[mixture.partners[row]] * (1 - mixture.share)
        }
        let features = try loop.backbone(Tensor.stacked(both), mode: .training)
        let own = try loop.head(features, labels: loop.data.labels(of: batch.indices)).loss.item()
        let other = try loop.head(
            features, labels: loop.data.labels(of: mixture.partners.map { batch.indices[$0] })
        ).loss.item()
        let expected = mixture.share * own + (1 - mixture.share) * other
        #expect(abs(report.loss - expected) < 1e-5 * expected && abs(own - other) > 1e-3)
    }

    @Test func theResultIsTheSameForAnyNumberOfWorkers() throws {
        var run = ToyRun(epochs: 2)
        let plain = try run.finalWeights()
        run.mixup = 0.3
        let mixed = try run.finalWeights()
        run.workers = 3
        #expect(try run.finalWeights() == mixed && mixed != plain)
    }
}
