import Networks
import Testing
import Torch

/// V(ℓ; Θ) = sigmoid(a₂ · ReLU(a₁ ℓ + b₁) + b₂), from a loss to a sample's weight.
private struct WeightFunction: Module {
    var hidden: Linear
    var output: Linear

    init(width: Int, generator: Generator) throws {
        hidden = try Linear(inputs: 1, outputs: width, generator: generator)
        output = try Linear(inputs: width, outputs: 1, generator: generator)
        try convert(to: .float64)
    }

    /// From [n] to [n].
    func callAsFunction(_ losses: Tensor) throws -> Tensor {
        try output(hidden(losses.unsqueezed(1)).relu()).sigmoid().squeezed(1)
    }

    mutating func visit(_ visitor: inout ModuleVisitor) throws {
        try visitor.part("hidden", &hidden)
        try visitor.part("output", &output)
    }
}

/// Pictures with classes, and the cross-entropy of fixed class directions.
private struct Batch {
    let pictures: Tensor
    let classes: Tensor
    let directions: Tensor

    init(_ count: Int, directions: Tensor, generator: Generator) throws {
        pictures = try Tensor.normal([count, 1, 11, 9], generator: generator, scalarType: .float64)
        classes = try Tensor((0..<count).map { Int64($0 % 3) }, shape: [count, 1])
        self.directions = directions
    }

    /// [n], one loss per sample.
    func losses(_ network: SFNet) throws -> Tensor {
        let logits = try network(pictures, mode: .training(updatingStatistics: false)).linear(directions, bias: nil)
        return try -logits.logSoftmax(1).gathered(classes, dimension: 1).squeezed(1)
    }
}

@Suite struct VirtualStepTests {
    private let rate = 0.1

    /// The gradient of the meta loss after one virtual step θ̃(Θ) = θ − (α/n) Σ V(ℓᵢ; Θ) ∇ℓᵢ, by the
    /// graph of the step and by −(α/n) Σ ⟨∇meta(θ̃), ∇ℓᵢ(θ)⟩ ∂V(ℓᵢ)/∂Θ.
    @Test(arguments: Activation.Kind.allCases, [false, true])
    func hypergradientIsTheClosedForm(_ activation: Activation.Kind, _ batchNormalization: Bool) throws {
        let generator = try Generator(seed: 11)
        let configuration = SFNet.Configuration(
            blocks: [0, 0, 0, 0], channels: [3, 4, 5, 6], input: [1, 11, 9], embedding: 4,
            activation: activation, batchNormalization: batchNormalization)
        var network = try SFNet(configuration, generator: generator)
        try network.convert(to: .float64)
        try network.requireGradients()
        let weighting = try WeightFunction(width: 5, generator: generator)
        try weighting.requireGradients()
        let directions = try Tensor.normal([3, 4], generator: generator, scalarType: .float64)
        let training = try Batch(5, directions: directions, generator: generator)
        let meta = try Batch(4, directions: directions, generator: generator)
        let buffers = try network.buffers.map { try $0.tensor.reals() }
        let parameters = network.parameters.map(\.tensor)
        let unknowns = weighting.parameters.map(\.tensor)

        // By the graph.
        let losses = try training.losses(network)
        let weights = try weighting(losses.detached())
        let steps = try gradients(
            of: [(weights * losses).mean()], withRespectTo: parameters, creatingGraph: true)
        let stepped = try zip(parameters, steps).map { try $0 - rate * $1 }
        let metaLoss = try meta.losses(network.with(parameters: stepped)).mean()
        let found = try gradients(of: [metaLoss], withRespectTo: unknowns)

        // By the closed form, sample by sample.
        let leaves = try stepped.map { try $0.detached().requireGradient() }
        let metaGradient = try gradients(
            of: [meta.losses(network.with(parameters: leaves)).mean()], withRespectTo: leaves)
        var expected = try unknowns.map { try $0.zerosLike() }
        for index in 0..<5 {
            let own = try gradients(of: [training.losses(network)[index]], withRespectTo: parameters)
            let agreement = try zip(metaGradient, own).reduce(0.0) { try $0 + ($1.0 * $1.1).sum().item() }
            let slopes = try gradients(of: [weighting(losses.detached())[index]], withRespectTo: unknowns)
            expected = try zip(expected, slopes).map { try $0 - (rate / 5 * agreement) * $1 }
        }

        for (name, pair) in zip(weighting.parameters.map(\.name), zip(found, expected)) {
            #expect(try pair.1.norm([]).item() > 1e-9, "\(name) has something to compare")
            #expect(try relativeError(pair.0, pair.1) < 1e-8, "\(name)")
        }
        #expect(try network.buffers.map { try $0.tensor.reals() } == buffers, "a virtual step leaves no trace")
    }
}
