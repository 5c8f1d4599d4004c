import Networks
import Testing
import Torch

@Suite struct BatchNormTests {
    /// Mean and sum of squared deviations of each channel of [N, C, ...], by loops.
    private func statistics(_ x: [Double], batch: Int, channels: Int) -> [(mean: Double, squares: Double, count: Int)] {
        let area = x.count / (batch * channels)
        return (0..<channels).map { channel in
            let values = x.indices.filter { $0 / area % channels == channel }.map { x[$0] }
            let mean = values.reduce(0, +) / Double(values.count)
            let squares = values.map { ($0 - mean) * ($0 - mean) }
            return (mean, squares.reduce(0, +), values.count)
        }
    }

    private func layer(_ generator: Generator, channels: Int) throws -> BatchNorm {
        var layer = try BatchNorm(channels: channels)
        layer.weight = try Tensor.uniform([channels], generator: generator) + 0.5
        layer.bias = try Tensor.normal([channels], generator: generator)
        layer.runningMean = try Tensor.normal([channels], generator: generator)
        layer.runningVariance = try Tensor.uniform([channels], generator: generator) + 0.5
        try layer.convert(to: .float64)
        return layer
    }

    @Test(arguments: [[5, 3], [4, 2, 7], [3, 4, 2, 5]])
    func trainingUsesTheBatchAndMovesTheRunningStatistics(_ shape: [Int]) throws {
        let generator = try Generator(seed: 21)
        let layer = try layer(generator, channels: shape[1])
        let input = try Tensor.normal(shape, generator: generator, scalarType: .float64) * 3 + 1
        let x = try input.reals()
        let (weight, bias) = (try layer.weight.reals(), try layer.bias.reals())
        let (oldMean, oldVariance) = (try layer.runningMean.reals(), try layer.runningVariance.reals())

        let y = try layer(input, mode: .training).reals()

        let found = statistics(x, batch: shape[0], channels: shape[1])
        let area = shape.dropFirst(2).reduce(1, *)
        for index in x.indices {
            let channel = index / area % shape[1]
            let (mean, squares, count) = found[channel]
            let deviation = (squares / Double(count) + 1e-5).squareRoot()
            let expected = (x[index] - mean) / deviation * weight[channel] + bias[channel]
            #expect(abs(y[index] - expected) < 1e-12)
        }
        let (newMean, newVariance) = (try layer.runningMean.reals(), try layer.runningVariance.reals())
        for (channel, (mean, squares, count)) in found.enumerated() {
            #expect(abs(newMean[channel] - (0.9 * oldMean[channel] + 0.1 * mean)) < 1e-12)
            let unbiased = squares / Double(count - 1)
            #expect(abs(newVariance[channel] - (0.9 * oldVariance[channel] + 0.1 * unbiased)) < 1e-12)
        }
        #expect(try layer.batchCount.item() == 1)
    }

    @Test func aVirtualStepGivesTheSameAndMovesNothing() throws {
        let generator = try Generator(seed: 22)
        let layer = try layer(generator, channels: 3)
        let x = try Tensor.normal([4, 3, 2, 2], generator: generator, scalarType: .float64)
        let before = try layer.buffers.map { try $0.tensor.reals() }
        let virtual = try layer(x, mode: .training(updatingStatistics: false)).reals()
        #expect(try layer.buffers.map { try $0.tensor.reals() } == before)
        #expect(try layer(x, mode: .training).reals() == virtual)
    }

    @Test func evaluationUsesTheRunningStatistics() throws {
        var layer = try BatchNorm(channels: 2)
        layer.runningMean = try Tensor([1.0 as Float, -2])
        layer.runningVariance = try Tensor([4.0 as Float, 0.25])
        layer.weight = try Tensor([3.0 as Float, 1])
        layer.bias = try Tensor([0.0 as Float, 5])
        let y = try layer(Tensor([3 as Float, -2], shape: [1, 2]), mode: .evaluation).reals()
        #expect(abs(y[0] - 3) < 1e-5 && abs(y[1] - 5) < 1e-5)
        #expect(try layer.batchCount.item() == 0)
    }

    @Test func oneValuePerChannelCannotBeTrainedOn() throws {
        let layer = try BatchNorm(channels: 3)
        let error = #expect(throws: BatchTooSmall.self) { try layer(Tensor.zeros([1, 3]), mode: .training) }
        #expect(error?.shape == [1, 3])
        #expect(throws: BatchTooSmall.self) { try layer(Tensor.zeros([1, 3, 1, 1]), mode: .training) }
        #expect(try layer(Tensor.zeros([1, 3, 1, 2]), mode: .training).shape == [1, 3, 1, 2])
        #expect(try layer(Tensor.zeros([1, 3]), mode: .evaluation).shape == [1, 3])
    }

    @Test func namesAreThoseOfPyTorch() throws {
        let layer = try BatchNorm(channels: 1)
        #expect(layer.parameters.map(\.name) == ["weight", "bias"])
        #expect(layer.buffers.map(\.name) == ["running_mean", "running_var", "num_batches_tracked"])
    }
}
