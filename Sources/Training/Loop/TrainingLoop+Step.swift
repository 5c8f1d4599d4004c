import AngularMargin
import Datasets
import Foundation
import Models
import Networks
import Torch

// One step: a batch forward and back, in pieces where the plan says so, and the optimiser.

extension TrainingLoop {
    /// A part of a batch that goes through the network at once.
    struct Piece {
        let pictures: Tensor
        let labels: Tensor
        /// Where the plan's data are mixed; the pictures are then mixed ones.
        let mixture: Mixture?
        /// The samples' indices.
        let indices: [Int]
        /// What the network's masks are drawn from.
        let seed: UInt64
    }

    /// What the pieces of a step add up to. Each counts by its share of the batch, so that the sums are the
    /// whole batch's means.
    private struct Sums {
        var loss = 0.0
        var targetAngle = 0.0
        var correct = 0
        var featureNorm: Tensor?

        mutating func add(_ output: HeadOutput, _ loss: Double, _ features: Tensor, share: Double) throws {
            self.loss += share * loss
            targetAngle += share * (try output.meanTargetAngle())
            correct += try output.correctCount()
            let norm = try withoutGradients { try features.to(.float32).norm([-1]).mean() * share }
            featureNorm = try featureNorm.map { try $0 + norm } ?? norm
        }
    }

    func step(_ batch: Loader<Image>.Batch) throws {
        let factor = plan.margin.factor(step: state.step, totalSteps: plan.schedule.totalSteps)
        let learningRate = plan.schedule.rate(step: state.step)
        let count = batch.indices.count
        try optimizer.clearGradients()
        head.head = fullHead.withMargin(scaledBy: factor)
        let expected =
            state.step == 0 ? try head.expectedFirstLoss(generator: Generator(seed: 0, device: plan.device)) : nil
        let rows = try beginClassUpdate(learningRate: learningRate)
        var sums = Sums()
        for range in Self.pieces(of: count, number: plan.accumulation) {
            let piece = try span("make tensors") { try self.piece(batch, range) }
            let features = try span("network forward") { try embeddings(of: piece, mode: .training(seed: piece.seed)) }
            let (output, total, loss) = try span("head") { try evaluate(features, piece, rows) }
            let share = Double(range.count) / Double(count)
            try span("backward") { try goBack(share == 1 ? total : total * share, of: piece) }
            try span("figures of the step") { try sums.add(output, loss, features.detached(), share: share) }
        }
        if let expected {
            try observer(.began(expectedLoss: expected, measuredLoss: sums.loss))
        }
        let norm = try span("gradient norm") { try clipGradients(batch, sums.loss, rows) }
        try span("optimiser") { try optimizer.step(learningRate: learningRate) }
        if head.head.weightConvention == .projected { try head.projectWeights() }

        state.step += 1
        if let average {
            // An average of rows whose steps are put off would depend on when they were last read.
            if plan.averagesHead { try classUpdating.rows?.catchUp() }
            try average.follow(backbone, head, steps: state.step)
        }
        let report = StepReport(
            step: state.step, epoch: state.epoch + 1, loss: sums.loss, targetAngle: sums.targetAngle,
            accuracy: Double(sums.correct) / Double(count), learningRate: learningRate, gradientNorm: norm,
            marginFactor: factor, sampleCount: count, seconds: Date().timeIntervalSince(startTime))
        if let featureNorm = sums.featureNorm {
            // A matrix that is updated in tiles is not read once more for its norm.
            let ofHead = head.parameters.map(\.tensor).filter { rows == nil || !$0.isSame(as: head.weight) }
            let weights = backbone.parameters.map(\.tensor) + ofHead
            try span("figures of the step") {
                try history.append(report, weights: weights, featureNorm: featureNorm)
            }
        }
        try observer(.stepped(report, totalSteps: plan.schedule.totalSteps))
    }

    /// A batch of so many samples in so many pieces whose sizes differ by one at most.
    static func pieces(of count: Int, number: Int) -> [Range<Int>] {
        (0..<number).map { count * $0 / number..<count * ($0 + 1) / number }.filter { !$0.isEmpty }
    }

    private func piece(_ batch: Loader<Image>.Batch, _ range: Range<Int>) throws -> Piece {
        let indices = Array(batch.indices[range])
        let mixture = data.mixture(
            epoch: state.epoch, batch: batch.number, first: range.lowerBound, count: range.count)
        let single = try data.transform.batch(Array(batch.samples[range]))
        return Piece(
            pictures: try (mixture?.mixed(single) ?? single).to(plan.device).contiguous(.channelsLast),
            labels: try data.labels(of: indices).to(plan.device), mixture: mixture, indices: indices,
            seed: data.networkSeed(epoch: state.epoch, batch: batch.number, first: range.lowerBound))
    }

    /// The embeddings of a piece, computed in the plan's precision.
    func embeddings(of piece: Piece, mode: Mode) throws -> Tensor {
        var features: Tensor?
        func forward() throws {
            features =
                switch plan.precision {
                case .float32: try backbone(piece.pictures, mode: mode)
                case .bfloat16: try withAutocast(on: plan.device) { try backbone(piece.pictures, mode: mode) }
                }
        }
        if plan.detectsAnomalies, mode.updatesStatistics {
            let found = try NonFiniteOperation.first(among: namedTensors, in: forward)
            if let found { throw try failure(.nan, place(of: found), found.operation, piece.indices) }
        }
        if features == nil { try forward() }
        guard let features else { preconditionFailure("a forward pass gives embeddings or throws") }
        return features
    }

    /// The head's output for the samples' own labels, and the loss, also as a number; of mixed samples it is
    /// that of both labels.
    ///
    /// - Throws: ``NonFiniteLossError`` when that is none, also where the head refused numbers as too large.
    private func evaluate(
        _ features: Tensor, _ piece: Piece, _ rows: RowOptimizer?
    ) throws -> (HeadOutput, Tensor, Double) {
        do {
            let output = try output(features, piece.labels, rows)
            let total =
                try piece.mixture.map { mixture in
                    // What the head remembers moves once a batch, by the labels that count more.
                    try mixture.loss(
                        output.loss,
                        head(features, labels: mixture.partnered(piece.labels), remembering: false).loss)
                } ?? output.loss
            let loss = try total.item()
            guard loss.isFinite else { throw try explanation(of: loss, piece, features) }
            return (output, total, loss)
        } catch let error as HeadError {
            switch error {
            case .entryOutOfRange, .logitOutOfRange, .lossNotFinite:
                throw try explanation(of: .nan, piece, features, refusal: error)
            case .labelOutOfRange, .missingBias, .wrongShape, .wrongType, .amountCount, .classWeight,
                .objectiveClassCount, .notPairs, .notStreamed, .gradientsTaken, .combination:
                throw error
            }
        }
    }

    private func goBack(_ loss: Tensor, of piece: Piece) throws {
        do {
            guard plan.detectsAnomalies else { return try loss.backward() }
            try withAnomalyDetection { try loss.backward() }
            // Another thread may have switched detection on: it concerns the whole process.
        } catch let error as TorchError {
            guard let operation = anomalousOperation(error) else { throw error }
            throw try failure(loss.item(), "the gradient", operation, piece.indices)
        }
    }

    /// Scales gradients down to the plan's limit.
    ///
    /// - Returns: their norm before.
    /// - Throws: ``NonFiniteLossError`` when that is no number; the weights have not been touched, but for class
    ///   weights that are updated in tiles.
    private func clipGradients(
        _ batch: Loader<Image>.Batch, _ loss: Double, _ rows: RowOptimizer?
    ) throws -> Double {
        let norm = try hypot(optimizer.gradientNorm(), rows?.gradientNorm ?? 0)
        guard norm.isFinite else {
            throw try explanationOfGradients(loss, try piece(batch, batch.indices.indices))
        }
        if let limit = plan.gradientNormLimit, norm > limit {
            for parameter in optimizer.groups.flatMap(\.parameters) {
                try parameter.tensor.gradient?.multiply(by: limit / norm)
            }
        }
        return norm
    }
}
