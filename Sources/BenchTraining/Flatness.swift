import Datasets
import Experiments
import Foundation

/// Trains 100 epochs of 100 steps, with loader, checkpoints inside epochs and measurements on development data, and
/// prints what the process holds on the way: whatever is kept too long makes it grow.
func measureFlatness(epochs: Int = 100, stepsPerEpoch: Int = 100) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "bench-training-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try writePictures(to: folder.appending(path: "people"), identities: 20, each: stepsPerEpoch * 8 / 10)
    let recipe = try Recipe(
        RecipeDocument(
            file: "flatness.yaml",
            text: """
                name: flatness
                data: {path: people, split: {train: 0.5, development: 0.25, test: 0.25}, allow_duplicates: true}
                pictures: {size: [16, 16], color: grey}
                augmentation: {flip: 0.5, shift: 0.1}
                network: {name: sfnet-small, channels: [8, 8, 8, 8], blocks: [0, 0, 0, 0], embedding: 16}
                head: {name: cosface, s: 16, m: 0.1}
                training: {epochs: \(epochs), batch: 8, learning_rate: 0.01, checkpoint_every: 30, average: 0.99}
                """))
    let experiment = try TrainingExperiment(
        recipe, roots: DataRoots(option: folder.path), runs: folder.appending(path: "runs").path)
    let shown: Set = [1, 2, 5, 10, 25, 50, 75, epochs]
    var checkpoints = 0
    _ = try experiment.run { event in
        if case .training(.saved) = event { checkpoints += 1 }
        guard case .training(.evaluated(let step, let epoch, _, _, _)) = event, shown.contains(epoch) else { return }
        let state = try ProcessState()
        print(
            "epoch \(epoch), step \(step), \(checkpoints) checkpoints: \(state.residentKibibytes) KiB resident, "
                + "\(state.fileHandles) file handles, \(state.threads) threads")
    }
}

/// Noise, so that every picture is another.
private func writePictures(to folder: URL, identities: Int, each: Int) throws {
    var generator = SeededGenerator(seed: 1, stream: 0)
    for identity in 0..<identities {
        let person = folder.appending(path: "p\(identity)")
        try FileManager.default.createDirectory(at: person, withIntermediateDirectories: true)
        for number in 0..<each {
            var image = Image(width: 16, height: 16, channels: 1, filledWith: 0)
            for y in 0..<16 {
                for x in 0..<16 { image[x, y, 0] = UInt8(generator.integer(below: 100) + 7 * identity) }
            }
            try Data(image.pngData()).write(to: person.appending(path: "\(number).png"))
        }
    }
}
