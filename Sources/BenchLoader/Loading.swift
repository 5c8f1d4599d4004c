import Datasets
import Foundation
import Models
import Training

/// The samples of a folder as training has them: framed to `side`, mirrored, and varied in light.
func trainingData(folder: String, side: Int, batch: Int, workers: Int?, cacheLimit: Int) throws -> TrainingData {
    let source = try FolderSource(root: folder)
    return TrainingData(
        source: source,
        sampler: try ShuffledSampler(
            indices: Array(source.items.indices), batchSize: batch, dropsLast: true, seed: 1),
        transform: PictureTransform(channels: 3, height: side, width: side),
        augmentation: Augmentation(flip: 0.5, brightness: 0.2, contrast: 0.2),
        classes: Classes(labels: source.items.map(\.label)), seed: 1, workers: workers, cacheLimit: cacheLimit)
}

/// Prints the pictures per second from files to batches of numbers, nothing kept in memory.
func measureLoading(folder: String, side: Int, workers: Int, seconds: Int) throws {
    let data = try trainingData(folder: folder, side: side, batch: 64, workers: workers, cacheLimit: 0)
    var count = 0
    var epoch = 0
    // An epoch to bring the files into the system's cache, as its peers have.
    var start = Date.distantFuture
    while epoch == 0 || Date().timeIntervalSince(start) < Double(seconds) {
        let run = data.start(data.sampler.batches(epoch: epoch), epoch: epoch)
        while let batch = try run.next() {
            _ = try data.transform.batch(batch.samples)
            if epoch > 0 { count += batch.samples.count }
            if Date().timeIntervalSince(start) >= Double(seconds) { break }
        }
        if epoch == 0 { start = Date() }
        epoch += 1
    }
    print(Double(count) / Date().timeIntervalSince(start))
}
