import Foundation
import Testing
import Torch

// The samples of Torch.docc, to the letter, each followed by what the page says of its result;
// `everySampleIsHere` compares the texts.

extension Tensor {
    private static let hypotenuseOperator = Operator("aten::hypot")
    func hypotenuse(_ other: Tensor) throws -> Tensor { try Tensor.hypotenuseOperator(self, other) }
}

/// x, with the gradient turned round.
func reversed(_ x: Tensor) throws -> Tensor {
    try differentiable("reversed", [x]) {
        (outputs: [x], backward: { seeds in [try seeds[0].map { try -$0 }] })
    }[0]
}

struct Dense: Module {
    var weight: Tensor
    var bias: Tensor

    init(inputs: Int, outputs: Int, generator: Generator) throws {
        weight = try Tensor.normal([outputs, inputs], generator: generator) / Double(inputs).squareRoot()
        bias = try Tensor.zeros([outputs])
    }

    func callAsFunction(_ x: Tensor) throws -> Tensor { try x.linear(weight, bias: bias) }

    mutating func visit(_ visitor: inout ModuleVisitor) throws {
        try visitor.parameter("weight", &weight)
        try visitor.parameter("bias", &bias)
    }
}

struct Perceptron: Module {
    var hidden: Dense
    var output: Dense

    init(generator: Generator) throws {
        hidden = try Dense(inputs: 2, outputs: 16, generator: generator)
        output = try Dense(inputs: 16, outputs: 2, generator: generator)
    }

    func callAsFunction(_ x: Tensor) throws -> Tensor { try output(hidden(x).relu()) }

    mutating func visit(_ visitor: inout ModuleVisitor) throws {
        try visitor.part("hidden", &hidden)
        try visitor.part("output", &output)
    }
}

@Suite struct DocumentationTests {
    @Test func tensors() throws {
        var printed: [String] = []
        func print(_ items: Any...) { printed.append(items.map { "\($0)" }.joined(separator: " ")) }

        let x = try Tensor([1, 2, 3, 4, 5, 6], shape: [2, 3]).to(.float32)
        let row = try Tensor([Float(10), 20, 30])
        let sums = try (2 * x + row).sum([1])
        print(sums, try sums.elements(as: Float.self))  // float32 [2] on cpu [72.0, 90.0]

        let columns = try x.sliced(1..<3, dimension: 1)  // x[:, 1:3]
        try x[0].fill(0)
        print(try columns.reals())                       // [0.0, 0.0, 5.0, 6.0]

        do {
            _ = try x.matmul(row.unsqueezed(0))
        } catch let error as TorchError {
            print(error.operation, error.arguments)  // aten::matmul ["float32 [2, 3]", "float32 [1, 3]"]
        }

        #expect(
            printed == [
                "float32 [2] on cpu [72.0, 90.0]", "[0.0, 0.0, 5.0, 6.0]",
                #"aten::matmul ["float32 [2, 3]", "float32 [1, 3]"]"#,
            ])
    }

    @Test func operators() throws {
        #expect(try Tensor([3.0, 5]).hypotenuse(Tensor([4.0, 12])).reals() == [5, 13])
    }

    @Test func gradients() throws {
        var printed: [String] = []
        func print(_ items: Any...) { printed.append(items.map { "\($0)" }.joined(separator: " ")) }

        let w = try Tensor([0.5, -1]).requireGradient()
        try (3 * w.squared()).sum().backward()
        print(try w.gradient?.reals() ?? [])  // 6 w: [3.0, -6.0]

        let slope = try gradient(of: w.power(3).sum(), withRespectTo: w, creatingGraph: true)
        let curvature = try gradient(of: slope.sum(), withRespectTo: w)
        print(try curvature.reals())  // 6 w: [3.0, -6.0]

        #expect(printed == ["[3.0, -6.0]", "[3.0, -6.0]"])
        #expect(try gradient(of: (reversed(w) * 5).sum(), withRespectTo: w).reals() == [-5, -5])
    }

    @Test func randomNumbers() throws {
        let generator = try Generator(seed: 7)
        let noise = try Tensor.normal([2, 3], generator: generator)
        let order = try Tensor.permutation(10, generator: generator)

        #expect(noise.shape == [2, 3])
        #expect(try order.elements(as: Int.self).sorted() == Array(0..<10))
    }

    @Test func modulesAndFiles() throws {
        var printed: [String] = []
        func print(_ items: Any...) { printed.append(items.map { "\($0)" }.joined(separator: " ")) }
        let folder = try TemporaryFolder()
        let file = folder("weights.safetensors"), table = folder("table.npy")

        let network = try Perceptron(generator: Generator(seed: 1))
        try network.requireGradients()
        let inputs = try Tensor([Float(0), 0, 0, 1, 1, 0, 1, 1], shape: [4, 2])
        let labels = try Tensor([0, 1, 1, 0], shape: [4, 1])
        for _ in 0..<500 {
            let logits = try network(inputs)
            let loss = try -logits.logSoftmax(1).gathered(labels, dimension: 1).mean()
            try loss.backward()
            try withoutGradients {
                for parameter in network.parameters {
                    if let gradient = parameter.tensor.gradient { try parameter.tensor.add(gradient, scale: -0.3) }
                    try parameter.tensor.setGradient(nil)
                }
            }
        }
        let answers = try network(inputs).argumentOfMaximum(1)
        print(try answers.elements(as: Int.self))  // [0, 1, 1, 0]

        try Safetensors.save(network.tensors, metadata: ["task": "exclusive or"], to: file)
        let restored = try Perceptron(generator: Generator(seed: 2))
        try restored.load(Safetensors.load(file).tensors)

        for entry in try Safetensors.inspect(file).entries {
            print(entry.name, entry.scalarType, entry.shape)  // hidden.weight float32 [16, 2], and so on
        }
        try NumPyFile.save(network(inputs), to: table)
        let same = try NumPyFile.load(table)

        #expect(
            printed == [
                "[0, 1, 1, 0]", "hidden.weight float32 [16, 2]", "hidden.bias float32 [16]",
                "output.weight float32 [2, 16]", "output.bias float32 [2]",
            ])
        #expect(try restored(inputs).reals() == network(inputs).reals())
        #expect(try same.reals() == network(inputs).reals())
        #expect(try Safetensors.load(file).metadata == ["task": "exclusive or"])
    }

    @Test func theTableOfNamesHolds() throws {
        let x = try Tensor((0..<6).map(Float.init), shape: [2, 3]), y = try Tensor([Float(3), 0, 1])
        #expect(try Tensor.zeros([2, 3]).shape == [2, 3] && x.zerosLike().sum().item() == 0)
        #expect(try Tensor.range(0, 5).count == 5 && x.to(.float64).scalarType == .float64)
        #expect(try x.reshaped([6, -1]).shape == [6, 1] && x.transposed().shape == [3, 2])
        #expect(try x.rows(Tensor([1])).shape == [1, 3] && x.mean([1], keeping: true).shape == [2, 1])
        #expect(try Tensor.select(x .< y, x, y).reals() == [0, 0, 1, 3, 0, 1])
    }

    @Test func theLandingPage() throws {
        let folder = try TemporaryFolder()
        let pictures = try Tensor.ones([2, 784]), labels = try Tensor([3, 5], shape: [2, 1])
        let file = folder("weight.safetensors")

        let generator = try Generator(seed: 1)
        let weight = try Tensor.normal([10, 784], generator: generator).requireGradient()
        let logits = try pictures.matmul(weight.transposed())
        let loss = try -logits.logSoftmax(1).gathered(labels, dimension: 1).mean()
        try loss.backward()
        try Safetensors.save([("weight", weight)], to: file)

        #expect(weight.gradient?.shape == [10, 784])
        #expect(try Safetensors.inspect(file).entries.map(\.shape) == [[10, 784]])
    }

    @Test(arguments: ["Torch.md", "ComingFromPyTorch.md"])
    func everySampleIsHere(_ page: String) throws {
        let tests = URL(fileURLWithPath: #filePath)
        let root = (0..<4).reduce(tests) { url, _ in url.deletingLastPathComponent() }
        let text = try String(contentsOf: root.appendingPathComponent("Sources/Torch/Torch.docc/\(page)"), encoding: .utf8)
        let source = lines(try String(contentsOf: tests, encoding: .utf8))
        let samples = text.components(separatedBy: "```swift\n").dropFirst().map {
            $0.components(separatedBy: "```")[0]
        }
        #expect(!samples.isEmpty)
        for sample in samples {
            #expect(source.contains(lines(sample)), "not in the test: \(sample)")
        }
    }

    /// The text without indentation and empty lines.
    private func lines(_ text: String) -> String {
        text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
            .joined(separator: "\n")
    }
}
