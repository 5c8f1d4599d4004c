import AngularMargin
import Foundation
import Torch
import Training

/// The time that a recipe's head takes in a step with a number of classes: forward, backward and its update.
struct HeadCost {
    let recipe: Recipe
    let classNames: [String]
    let batch: Int
    let embeddingSize: Int
    let plan: TrainingLoop.Plan

    /// The median of a few steps after one that claims memory, in seconds.
    func seconds(classes count: Int) throws -> Double {
        let generator = try Generator(seed: 1)
        let head = try MarginHead(
            recipe.head.head(classNames: Array(classNames.prefix(count))), classCount: count,
            featureCount: embeddingSize, generator: generator)
        let optimizer = recipe.training.optimizer.optimizer([
            ParameterGroup(head.parameters, weightDecay: recipe.training.weightDecay)
        ])
        let rows = isInTiles(head) ? RowOptimizer(optimizer, parameter: head.weight) : nil
        let labels = try Tensor((0..<batch).map { $0 * 7919 % head.classCount })
        let times = try (0..<4).map { _ in
            let features = try Tensor.normal([batch, embeddingSize], generator: generator).requireGradient()
            let start = Date()
            try optimizer.clearGradients()
            try rows?.begin(learningRate: 1e-3)
            try head(features, labels: labels, classGradients: rows).loss.backward()
            _ = try optimizer.gradientNorm()
            try optimizer.step(learningRate: 1e-3)
            return Date().timeIntervalSince(start)
        }
        return times.dropFirst().sorted()[1]
    }

    private func isInTiles(_ head: MarginHead) -> Bool {
        TrainingLoop.updatesInTiles(plan, mixup: recipe.training.mixup, head: head, classCount: classNames.count)
    }
}
