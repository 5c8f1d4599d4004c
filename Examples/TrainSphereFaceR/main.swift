// Trains SphereFace-R on faces and measures it on people it never saw, in one file that reads from top to bottom.
//
//   scripts/swift.sh run -c release --package-path Examples/TrainSphereFaceR TrainSphereFaceR
//   scripts/swift.sh run -c release --package-path Examples/TrainSphereFaceR TrainSphereFaceR data=my_faces epochs=60
//
// data= is a folder with one folder of pictures per identity, looked up in $ANGULARMARGIN_DATA, ./data and ../shared/data as a
// recipe's is (data=my_faces, not data=data/my_faces); faces_orl unless given. Every setting below can be given in this way; resume=true goes on from the last checkpoint.
//
// Liu et al., "SphereFace Revived: Unifying Hyperspherical Face Recognition", TPAMI 2022.

import AngularMargin
import Datasets
import Foundation
import Models
import Networks
import Torch
import Verification

// MARK: Settings

/// What the command line gives for a key, as `key=value`, else the value that stands here.
let given = Dictionary(
    CommandLine.arguments.dropFirst().map { argument in
        let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
        return (parts[0], parts.count == 2 ? parts[1] : "")
    }, uniquingKeysWith: { $1 })
var known: Set<String> = []

// Variables of a main file belong to the main actor, and so do the functions that read them.
@MainActor func setting<Value: LosslessStringConvertible>(_ key: String, _ standard: Value) -> Value {
    known.insert(key)
    guard let text = given[key] else { return standard }
    guard let value = Value(text) else { fail("\(key)=\(text): write a value such as \(key)=\(standard)") }
    return value
}

func fail(_ message: String) -> Never {
    FileHandle.standardError.write(Data((message + "\n").utf8))
    exit(64)
}

// Data.
let dataFolder = setting("data", "faces_orl")  // a folder per identity
let output = setting("output", "runs/sphereface-r")  // where checkpoint and model go
let resume = setting("resume", false)
let seed = setting("seed", 1)  // decides weights, split, order and augmentation
// Pictures. Faces of this set are 92×112; two thirds of that are enough to tell 40 people apart.
let height = setting("height", 64)
let width = setting("width", 56)
// Network. Four stages leave 4×4 places of a 64×56 picture; batch normalisation trains from scratch in few steps.
let embedding = setting("embedding", 64)  // dimensions; more than 64 helps only beyond some hundred people
// Head. The paper's m = 1.4 and s = 60 were chosen for 10,000 people and more; 25 take milder ones.
let margin = setting("m", 1.3)  // other classes' angles count as m times smaller
let scale = setting("s", 30.0)  // s; below 8 not even perfect features reach a small loss with 25 classes
let rampEnd = setting("ramp", 0.3)  // the part of the run over which m grows from 1
// Optimiser.
let epochs = setting("epochs", 40)
let batchSize = setting("batch", 32)  // 8 steps per epoch with 250 pictures
let baseRate = setting("rate", 0.05)  // SGD's usual 0.1 is for batches of 512
let momentum = setting("momentum", 0.9)
let weightDecay = setting("decay", 5e-4)  // as in the paper
let warmUp = setting("warm_up", 1.0)  // epochs; batch normalisation settles meanwhile
// Evaluation.
let evaluationInterval = setting("every", 5)  // epochs between two looks at the development set
let draws = setting("draws", 1000)  // of the bootstrap over identities
let deviceName = setting("device", "cpu")  // cpu, cuda or mps

if let stranger = given.keys.sorted().first(where: { !known.contains($0) }) {
    fail("“\(stranger)” is no setting; there are \(known.sorted().joined(separator: ", "))")
}
guard epochs > 0, batchSize > 1, evaluationInterval > 0, seed >= 0 else {
    fail("epochs, every and seed count from 1, 1 and 0; a batch holds 2 pictures or more")
}

// MARK: Data

// Whole identities are dealt out: a number measured on people who were trained on says nothing about strangers.
let source = try FolderSource(root: DataRoots(option: nil).resolve(dataFolder))
let split = try Split(
    of: source.items,
    by: .fractions(
        [
            .init(name: "train", share: 0.625), .init(name: "development", share: 0.125),
            .init(name: "test", share: 0.25),
        ],
        seed: UInt64(seed)),
    for: .verification)
func indices(of set: String) -> [Int] { split[set] ?? [] }
func labels(of indices: [Int]) -> [String] { indices.map { source.items[$0].label } }

// A picture twice, on two sides of the split, would be an answer given away.
try Duplicates(in: source).check(in: source, split: split)
for part in split.parts {
    print("\(part.name): \(part.indices.count) pictures of \(Set(labels(of: part.indices)).count) identities")
}

// From a file to the numbers of the network; the same transform is stored with the model.
let transform = PictureTransform(channels: 1, height: height, width: width)
// Faces are nearly symmetric and never quite centred. Nothing of this is applied when the model is used.
let augmentation = Augmentation(flip: 0.5, shift: 0.06, zoom: 0.08, rotation: 6, brightness: 0.15, contrast: 0.15)

// Threads of their own decode and vary pictures. What a sample looks like depends on seed, epoch and sample alone.
let classes = Classes(labels: labels(of: indices(of: "train")))
let sampler = try ShuffledSampler(
    indices: indices(of: "train"), batchSize: batchSize, dropsLast: true, seed: UInt64(seed))
let cache = SampleCache<Image>(byteLimit: 1 << 30)
let loader = Loader<Image>(seed: UInt64(seed)) { [source, transform, augmentation, cache] index, random in
    let framed = try cache.sample(index) { try transform.framedImage(of: source.items[index], in: source) }
    return augmentation(framed, using: &random)
}

// MARK: Network and head

let device = try Device(named: deviceName)
let generator = try Generator(seed: UInt64(seed))

var description = try NetworkDescription("sfnet-small")
description.settings = .sfnet(
    .init(
        blocks: [0, 1, 1, 0], channels: [32, 64, 128, 256], input: transform.shape, embedding: embedding,
        batchNormalization: true))
var network = try description.backbone(generator: generator)
try network.requireGradients()
try network.move(to: device)

// SphereFace-R, v2 with hard feature normalisation and characteristic gradient detachment, as one sentence:
//
//     ℓ = −log( e^{s ψ(θ_y)} / (e^{s ψ(θ_y)} + Σ_{j≠y} e^{s η(θ_j)}) ),    ψ(θ) = cos θ,    η(θ) = cos(θ/m)
//
// v1 would be `target: ClippedMultiplicativeMargin(…)`, v0 `target: MonotoneMultiplicativeMargin(…)`.
let sphereFaceR = Head(
    scale: .constant(scale), others: ShrunkenAngleMargin(.constant(margin)),
    gradient: .detached)  // the slope is that without margin: stable from the first step
var head = try MarginHead(
    sphereFaceR, classCount: classes.names.count, featureCount: embedding, generator: generator)
try head.move(to: device)

// MARK: Optimiser

// SGD with momentum: v ← μv + g + λw, w ← w − rate · v.
let parameters =
    network.parameters.map { ("network.\($0.name)", $0.tensor) }
    + head.parameters.map { ("head.\($0.name)", $0.tensor) }
let velocities = try parameters.map { try $0.1.zerosLike() }

func updateParameters(rate: Double) throws {
    try withoutGradients {
        for ((_, weight), velocity) in zip(parameters, velocities) {
            guard let gradient = weight.gradient else { continue }
            try velocity.multiply(by: momentum)
            try velocity.add(gradient)
            try velocity.add(weight, scale: weightDecay)
            try weight.add(velocity, scale: -rate)
            try weight.setGradient(nil)
        }
    }
}

let stepsPerEpoch = sampler.batches(epoch: 0).count
let totalSteps = epochs * stepsPerEpoch

/// A linear warm-up, then half a cosine down to 0.
func learningRate(step: Int) -> Double {
    let warmUpSteps = warmUp * Double(stepsPerEpoch)
    if Double(step) < warmUpSteps { return baseRate * Double(step + 1) / warmUpSteps }
    return baseRate * (1 + cos(.pi * (Double(step) - warmUpSteps) / max(1, Double(totalSteps) - warmUpSteps))) / 2
}

/// The part of the margin that is applied: a margin from the first step can keep a network from starting to learn.
func marginFactor(step: Int) -> Double {
    rampEnd > 0 ? min(1, Double(step) / (rampEnd * Double(totalSteps))) : 1
}

// MARK: Evaluation

/// The network as it is now, with all that using it takes.
@MainActor func currentModel() -> EmbeddingModel {
    EmbeddingModel(
        transform: transform, description: description, backbone: network, addsMirrored: true, classNames: classes.names
    )
}

/// All pairs of the pictures of a set, scored by the cosine of their embeddings.
func trials(of set: String, _ model: EmbeddingModel) throws -> ScoredTrials {
    let indices = indices(of: set)
    let embeddings = try model.embeddings(of: source, indices: indices, on: device).to(.cpu)
    return try Scoring.trials(TrialList(allPairsOf: labels(of: indices)), embeddings: embeddings)
}

func percent(_ rate: Double) -> String { String(format: "%.2f %%", rate * 100) }

// MARK: Checkpoint

/// What decides how the run goes on, beside the tensors. Order and augmentation follow from seed and epoch.
struct Progress: Codable {
    var epoch = 0
    var step = 0
    var bestRate = Double.infinity
}
var progress = Progress()

let folder = URL(fileURLWithPath: output, isDirectory: true)
let checkpoint = folder.appendingPathComponent("checkpoint.safetensors")
try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)

/// The tensors of a checkpoint: network and head with their running statistics, and the optimiser's velocities.
@MainActor func checkpointTensors() -> [(String, Tensor)] {
    network.tensors.map { ("network.\($0.name)", $0.tensor) } + head.tensors.map { ("head.\($0.name)", $0.tensor) }
        + zip(parameters, velocities).map { ("velocity.\($0.0)", $1) }
}

/// The file is whole or not there, also when the power fails meanwhile.
@MainActor func save() throws {
    let document = String(decoding: try JSONEncoder().encode(progress), as: UTF8.self)
    try Safetensors.save(checkpointTensors(), metadata: ["progress": document], to: checkpoint)
}

if resume {
    let stored = try Safetensors.load(checkpoint)
    guard let document = stored.metadata["progress"] else {
        fail("\(checkpoint.path) is no checkpoint of this program")
    }
    progress = try JSONDecoder().decode(Progress.self, from: Data(document.utf8))
    try withoutGradients {
        for (name, tensor) in checkpointTensors() {
            guard let saved = stored.tensors[name], saved.shape == tensor.shape else {
                fail("\(checkpoint.path) has no \(name) of this shape: it was written with other settings")
            }
            try tensor.copy(from: saved)
        }
    }
    print("going on after epoch \(progress.epoch)")
}

// MARK: Loop

print("\(network.parameterCount + head.parameterCount) parameters, \(totalSteps) steps")
if progress.step == 0 {
    // A first loss far from this one means that something is wired wrongly.
    head.head = sphereFaceR.withMargin(scaledBy: marginFactor(step: 0))
    let expected = try head.expectedFirstLoss(generator: Generator(seed: 0, device: device))
    print(String(format: "expected first loss: about %.2f", expected))
}

while progress.epoch < epochs {
    var losses = 0.0
    var angles = 0.0
    var correct = 0
    let start = Date()
    let batches = loader.start(sampler.batches(epoch: progress.epoch), epoch: progress.epoch)
    while let batch = try batches.next() {
        let pictures = try transform.batch(batch.samples).to(device)
        let targets = try Tensor(labels(of: batch.indices).compactMap { classes.number(of: $0) }).to(device)

        head.head = sphereFaceR.withMargin(scaledBy: marginFactor(step: progress.step))
        let result = try head(network(pictures, mode: .training), labels: targets)
        let loss = try result.loss.item()
        guard loss.isFinite else {
            fail(
                "the loss is \(loss) at step \(progress.step); a lower rate or a longer ramp helps. The batch:\n  "
                    + batch.indices.map { source.place(of: source.items[$0]) }.joined(separator: "\n  "))
        }
        try result.loss.backward()
        try updateParameters(rate: learningRate(step: progress.step))

        progress.step += 1
        losses += loss
        angles += try result.meanTargetAngle()
        correct += try result.correctCount()
    }
    progress.epoch += 1

    var line = String(
        format: "epoch %d: loss %.3f, angle to the own class %.1f°, accuracy %@, %.1f s", progress.epoch,
        losses / Double(stepsPerEpoch), angles / Double(stepsPerEpoch) * 180 / .pi,
        percent(Double(correct) / Double(stepsPerEpoch * batchSize)), Date().timeIntervalSince(start))
    if progress.epoch % evaluationInterval == 0 || progress.epoch == epochs {
        var model = currentModel()
        let development = try trials(of: "development", model)
        let rate = development.curve.equalErrorRate(.interpolated).rate
        line += ", development EER \(percent(rate))"
        if rate < progress.bestRate {
            progress.bestRate = rate
            // The threshold is chosen on development people too, never on those of the test.
            model.thresholds = [
                try DecisionThreshold(
                    falseAcceptRate: 0.1, on: development, source: "\(dataFolder), development",
                    allowingUnsupported: true)
            ]
            try model.save(folder: folder.appendingPathComponent("model").path)
            line += ", best so far"
        }
        try save()
    }
    print(line)
}

// MARK: Test

let best = try EmbeddingModel(folder: folder.appendingPathComponent("model").path)
network = best.backbone
try network.move(to: device)
let test = try trials(of: "test", currentModel())
let metrics: [Metric] = [.equalErrorRate(.interpolated), .trueAcceptRate(atFalseAcceptRate: 0.01, .atMost)]
let report = try IdentityBootstrap(seed: UInt64(seed), drawCount: draws).estimates(of: metrics, on: test)

print("\non \(report.identityCount) people who were never shown, with 95 % intervals over people:")
for estimate in report.estimates {
    print(
        "  \(estimate.name): \(percent(estimate.value)) [\(percent(estimate.interval.lower)), \(percent(estimate.interval.upper))]"
    )
}
if let caveat = report.caveat { print("  \(caveat)") }
print(
    "\nthe model: \(folder.appendingPathComponent("model").relativePath); compare two pictures with: margin verify \(output)/model a.png b.png"
)
