import AngularMargin
import Datasets
import Foundation
import Models
import Networks
import Torch
import Training

/// Prints the milliseconds of a training step with its batch in memory, of one whose batch comes from files, and
/// of the wait for that batch: medians.
func measureWaiting(folder: String, network name: String, side: Int, batch: Int, steps: Int) throws {
    let data = try trainingData(folder: folder, side: side, batch: batch, workers: nil, cacheLimit: 0)
    var description = try NetworkDescription(name)
    description.settings.input = data.transform.shape
    let generator = try Generator(seed: 1)
    var network = try description.backbone(generator: generator)
    try network.requireGradients()
    try network.arrange(.channelsLast)
    let head = try MarginHead(
        HeadPreset.named("cosface").head(), classCount: data.classes.names.count,
        featureCount: network.embeddingSize, generator: generator)
    let optimizer = OptimizerDescription.sgd(momentum: 0.9, nesterov: false).optimizer([
        ParameterGroup(network.parameters, weightDecay: 5e-4), ParameterGroup(head.parameters, weightDecay: 5e-4),
    ])
    let labels = data.source.items.map { data.classes.number(of: $0.label) ?? 0 }

    func step(_ batch: Loader<Image>.Batch) throws {
        let pictures = try data.transform.batch(batch.samples).contiguous(.channelsLast)
        try optimizer.clearGradients()
        let loss = try head(network(pictures, mode: .training), labels: Tensor(batch.indices.map { labels[$0] })).loss
        try loss.backward()
        try optimizer.step(learningRate: 1e-4)
        _ = try loss.item()
    }

    var run = data.start(data.sampler.batches(epoch: 0), epoch: 0)
    guard let first = try run.next() else { return print("fewer pictures than a batch") }
    for _ in 0..<3 { try step(first) }
    // Before and after, so that a machine that is busy for a while does not decide.
    var inMemory = try (0..<(steps + 1) / 2).map { _ in try seconds { try step(first) } }

    var waits: [Double] = []
    var fromFiles: [Double] = []
    var epoch = 0
    while fromFiles.count < steps {
        let start = Date()
        let next = try run.next()
        let waited = Date().timeIntervalSince(start)
        guard let next else {
            epoch += 1
            run = data.start(data.sampler.batches(epoch: epoch), epoch: epoch)
            continue
        }
        waits.append(waited)
        fromFiles.append(try waited + seconds { try step(next) })
    }
    inMemory += try (0..<steps / 2).map { _ in try seconds { try step(first) } }
    print([inMemory, fromFiles, waits].map { "\(1000 * median($0))" }.joined(separator: ","))
}

private func seconds(_ body: () throws -> Void) rethrows -> Double {
    let start = Date()
    try body()
    return Date().timeIntervalSince(start)
}

private func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
