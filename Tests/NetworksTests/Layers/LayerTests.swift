import Networks
import Testing
import Torch

@Suite struct LayerTests {
    @Test func linearByHand() throws {
        var layer = try Linear(inputs: 2, outputs: 3, generator: Generator(seed: 0))
        #expect(try layer.bias?.reals() == [0, 0, 0])
        layer.weight = try Tensor([1.0, 2, 3, 4, 5, 6], shape: [3, 2])
        layer.bias = try Tensor([0.5, 0, -1])
        #expect(try layer(Tensor([1.0, -1], shape: [1, 2])).reals() == [-0.5, -1, -2])
        #expect(layer.parameters.map(\.name) == ["weight", "bias"])
        #expect(try Linear(inputs: 2, outputs: 3, bias: false, generator: Generator(seed: 0)).parameterCount == 6)
    }

    @Test(arguments: [(1, 0, 1), (2, 1, 1), (1, 1, 2), (3, 2, 2)])
    func convolutionByLoops(stride: Int, padding: Int, groups: Int) throws {
        let generator = try Generator(seed: 31)
        var layer = try Convolution2d(
            inputs: 4, outputs: 6, size: 3, stride: stride, padding: padding, groups: groups, generator: generator)
        layer.bias = try Tensor.normal([6], generator: generator)
        try layer.convert(to: .float64)
        let (height, width) = (7, 5)
        let input = try Tensor.normal([2, 4, height, width], generator: generator, scalarType: .float64)
        let output = try layer(input)
        let (rows, columns) = ((height + 2 * padding - 3) / stride + 1, (width + 2 * padding - 3) / stride + 1)
        #expect(output.shape == [2, 6, rows, columns])

        let (x, w, y) = (try input.reals(), try layer.weight.reals(), try output.reals())
        let bias = try #require(try layer.bias?.reals())
        let inputs = 4 / groups
        for index in y.indices {
            let (n, o) = (index / (6 * rows * columns), index / (rows * columns) % 6)
            let (i, j) = (index / columns % rows, index % columns)
            let group = o / (6 / groups)
            var expected = bias[o]
            for c in 0..<inputs {
                for u in 0..<3 {
                    for v in 0..<3 {
                        let (row, column) = (stride * i + u - padding, stride * j + v - padding)
                        guard (0..<height).contains(row), (0..<width).contains(column) else { continue }
                        expected +=
                            w[((o * inputs + c) * 3 + u) * 3 + v]
                            * x[((n * 4 + group * inputs + c) * height + row) * width + column]
                    }
                }
            }
            #expect(abs(y[index] - expected) < 1e-12)
        }
    }

    @Test func activations() throws {
        let x = try Tensor([-2.0 as Float, 0, 4, -8], shape: [1, 2, 2])
        #expect(try Activation(.relu, channels: 2)(x).reals() == [0, 0, 4, 0])
        var prelu = try PReLU(channels: 2)
        #expect(try prelu(x).reals() == [-0.5, 0, 4, -2])
        prelu.slope = try Tensor([2 as Float, -1])
        #expect(try Activation.prelu(prelu)(x).reals() == [-4, 0, 4, 8])
    }

    @Test func activationsShowTheirParameters() throws {
        #expect(try Activation(.relu, channels: 2).tensors.isEmpty)
        var prelu = try Activation(.prelu, channels: 2)
        #expect(prelu.parameters.map(\.name) == ["weight"])
        try prelu.mapTensors { try $0.tensor * 4 }
        #expect(try prelu(Tensor([-3 as Float, -5], shape: [1, 2])).reals() == [-3, -5])
    }
}
