// Trains a verifier on a folder of pictures, one folder per identity, and measures it on identities that it
// never saw:
//
//   scripts/swift.sh run -c release --package-path Examples/TinyVerifier TinyVerifier data/digits

import AngularMargin
import Datasets
import Models
import Networks
import Torch
import Training
import Verification

guard CommandLine.arguments.count > 1 else { fatalError("name a folder with one folder of pictures per identity") }
let epochs = CommandLine.arguments.count > 2 ? Int(CommandLine.arguments[2]) ?? 1 : 10

let source = try FolderSource(root: CommandLine.arguments[1])
let labels = source.items.map(\.label)
let split = try Split(
    of: source.items, by: .fractions([.init(name: "train", share: 0.6), .init(name: "test", share: 0.4)], seed: 1),
    for: .verification)
guard let known = split["train"], let unknown = split["test"] else { fatalError("the split names both") }
let classes = Classes(labels: known.map { labels[$0] })

// The network and the head: 28×28 grey pictures, 32 dimensions, CosFace with a small margin.
let transform = PictureTransform(channels: 1, height: 28, width: 28)
var description = try NetworkDescription("sfnet-small")
description.settings = .sfnet(
    .init(blocks: [0, 0, 0], channels: [16, 32, 64], input: transform.shape, embedding: 32, batchNormalization: true))
let generator = try Generator(seed: 1)
let network = try description.backbone(generator: generator)
try network.requireGradients()
let head = try MarginHead(
    HeadPreset.named("cosface").head(["s": 16, "m": 0.2]), classCount: classes.names.count, featureCount: 32,
    generator: generator)

let sampler = try ShuffledSampler(indices: known, batchSize: 32, seed: 1)
let data = TrainingData(
    source: source, sampler: sampler, transform: transform,
    augmentation: Augmentation(shift: 0.08, zoom: 0.1, rotation: 10), classes: classes, seed: 1)
let steps = epochs * sampler.batches(epoch: 0).count
let loop = try TrainingLoop(
    plan: .init(epochs: epochs, schedule: .init(base: 0.05, shape: .cosine(final: 0), totalSteps: steps)), data: data,
    backbone: network, head: head, optimizer: SGD([ParameterGroup(network.parameters + head.parameters)])
) { event in
    guard case .stepped(let report, _) = event, report.step % 20 == 0 || report.step == steps else { return }
    print("step \(report.step) of \(steps): loss \(report.loss)")
}
_ = try loop.run()

// All pairs of the pictures of unknown identities, scored by the cosine of their embeddings.
let model = EmbeddingModel(
    transform: transform, description: description, backbone: loop.backbone, addsMirrored: false,
    classNames: classes.names)
let trials = try Scoring.trials(
    TrialList(allPairsOf: unknown.map { labels[$0] }), embeddings: model.embeddings(of: source, indices: unknown))
let figure = Metric.equalErrorRate(.interpolated).named(trials.curve)
print("\(figure.name) on \(trials.identityCount) unknown identities: \(figure.value)")
