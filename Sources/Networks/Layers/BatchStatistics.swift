import CKernels
import Torch

/// Mean and variance of each channel over a batch.
struct BatchStatistics {
    let means: [Double]
    /// The population's: divided by the number of rows.
    let variances: [Double]
    private let count: Int

    init(of x: ChannelRows) throws {
        let channels = x.channels
        let parts = PartialSums(chunks: x.chunkCount, of: x, kinds: 2)
        let instructions = ck_best_instructions()
        x.forEachChunk { chunk, offset, rows in
            ck_normalization_statistics(
                instructions, x.start + offset, rows, Int64(x.width), parts[0, chunk], parts[1, chunk])
        }
        // Means and squares of parts into those of the whole: Chan, Golub and LeVeque, “Updating formulae
        // and a pairwise algorithm for computing sample variances”, 1979.
        var means = [Double](repeating: 0, count: channels)
        var squares = means
        var done = 0.0
        for chunk in 0..<x.chunkCount {
            let rows = Double(x.rows(inChunk: chunk))
            for start in stride(from: 0, to: x.width, by: channels) {
                let share = rows / (done + rows)
                for channel in 0..<channels {
                    let away = Double(parts[0, chunk][start + channel]) - means[channel]
                    means[channel] += away * share
                    squares[channel] += Double(parts[1, chunk][start + channel]) + away * away * done * share
                }
                done += rows
            }
        }
        self.means = means
        variances = squares.map { $0 / done }
        count = x.count
    }

    func inverseDeviations(epsilon: Double) -> [Double] { variances.map { 1 / ($0 + epsilon).squareRoot() } }

    /// Moves a layer's running statistics towards these, in place.
    func move(_ layer: BatchNorm) throws {
        // The unbiased estimate, as libtorch has it.
        let unbiased = variances.map { Float($0 * Double(count) / Double(count - 1)) }
        for (running, batch) in [(layer.runningMean, means.map(Float.init)), (layer.runningVariance, unbiased)] {
            try running.multiply(by: 1 - layer.momentum)
            try running.add(Tensor(batch), scale: layer.momentum)
        }
    }
}
