import Testing
import Torch

@Suite struct LayerTests {
    /// 1 … 9 as a picture of one channel.
    private let square: Tensor
    init() throws { square = try Tensor((1...9).map(Double.init), shape: [1, 1, 3, 3]) }

    @Test func linear() throws {
        let weight = try Tensor([1.0, 2, 0, -1, 3, 1], shape: [3, 2])
        let x = try Tensor([10.0, 1], shape: [1, 2])
        #expect(try x.linear(weight, bias: nil).reals() == [12, -1, 31])
        #expect(try x.linear(weight, bias: Tensor([0.5, 0, -1])).reals() == [12.5, -1, 30])
    }

    @Test func convolutionIsCorrelation() throws {
        let weight = try Tensor([1.0, 0, 0, -1], shape: [1, 1, 2, 2])
        // x[i, j] − x[i+1, j+1] is −4 everywhere.
        #expect(try square.convolution(weight, bias: nil).reals() == [-4, -4, -4, -4])
        #expect(try square.convolution(weight, bias: Tensor([10.0])).reals() == [6, 6, 6, 6])
        let padded = try square.convolution(weight, bias: nil, stride: 2, padding: 1)
        // Windows begin at rows and columns −1 and 1.
        #expect(padded.shape == [1, 1, 2, 2])
        #expect(try padded.reals() == [-1, -3, -7, -4])
    }

    @Test func groupsSeeTheirOwnChannels() throws {
        let x = try Tensor([3.0, 5], shape: [1, 2, 1, 1])
        let weight = try Tensor([2.0, 10], shape: [2, 1, 1, 1])
        #expect(try x.convolution(weight, bias: nil, groups: 2).reals() == [6, 50])
    }

    @Test func rectifiers() throws {
        let x = try Tensor([-2.0, 3, -4, 5], shape: [2, 2])
        #expect(try x.relu().reals() == [0, 3, 0, 5])
        #expect(try x.prelu(Tensor([0.5])).reals() == [-1, 3, -2, 5])
        let channels = try Tensor([-2.0, -2, -2, -2], shape: [2, 2])
        #expect(try channels.prelu(Tensor([0.5, 0.25])).reals() == [-1, -0.5, -1, -0.5])
    }

    @Test func batchNormalizationInTraining() throws {
        let x = try Tensor([1.0, 10, 3, 30], shape: [2, 2])
        let mean = try Tensor([0.0, 0])
        let variance = try Tensor([1.0, 1])
        let y = try x.batchNormalized(
            weight: Tensor([2.0, 1]), bias: Tensor([0.0, 5]), runningMean: mean, runningVariance: variance,
            training: true, momentum: 0.5, epsilon: 0)
        #expect(try y.reals() == [-2, 4, 2, 6])
        // Half of the batch's means 2 and 20; half of 1 plus half of its unbiased variances 2 and 200.
        #expect(try mean.reals() == [1, 10] && variance.reals() == [1.5, 100.5])
    }

    @Test func batchNormalizationInUse() throws {
        let x = try Tensor([3.0, 6], shape: [1, 2])
        let mean = try Tensor([1.0, 2])
        let variance = try Tensor([3.0, 15])
        let y = try x.batchNormalized(
            weight: nil, bias: nil, runningMean: mean, runningVariance: variance, training: false, epsilon: 1)
        #expect(try y.reals() == [1, 1])
        #expect(try mean.reals() == [1, 2] && variance.reals() == [3, 15])
    }

    @Test func pooling() throws {
        #expect(try square.maxPooled(2, stride: 1).reals() == [5, 6, 8, 9])
        #expect(try square.maxPooled(2).reals() == [5])
        #expect(try square.maxPooled(2, padding: 1).reals() == [1, 3, 7, 9])
        let mean = try square.averagePooled()
        #expect(try mean.shape == [1, 1, 1, 1] && mean.item() == 5)
    }
}
