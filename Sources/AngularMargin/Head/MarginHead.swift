import Torch

/// A head with the class weights, and the bias, that it learns.
///
/// ```swift
/// let head = try MarginHead(
///     HeadPreset.named("arcface").head(["m": 0.2, "s": 30]), classCount: 25, featureCount: 64,
///     generator: Generator(seed: 1))
/// let output = try head(features, labels: labels)
/// ```
public struct MarginHead: Module {
    /// The loss; a schedule may replace it between steps.
    public var head: Head
    /// How it is computed.
    public var path = EvaluationPath.automatic
    /// [C, D]; with sub-centres [C, K, D], with a one-class objective [1, D].
    public var weight: Tensor
    /// [1] or [C], where the objective has one.
    public var bias: Tensor?
    /// What the head remembers, a number each, in the order of ``HeadState/names``.
    private var memory: [Tensor]
    private let memoryNames: [HeadState.Name]

    /// Draws the weights as the head's ``Head/initialization`` says, starts the bias at the head's
    /// ``Head/initialBias(classCount:)``, and begins to record their gradients.
    ///
    /// - Throws: ``HeadError/combination(_:)`` for axes that contradict each other, and for objectives that have no
    ///   such classes: a contrastive one has none, a one-class one needs two labels.
    public init(
        _ head: Head, classCount: Int, featureCount: Int, generator: Generator,
        scalarType: ScalarType = .float32
    ) throws {
        precondition(classCount > 0 && featureCount > 0, "a head needs a class and a feature")
        try head.checkCombination()
        try Self.checkClasses(classCount, objective: head.objective)
        self.head = head
        let rows = head.objective.kind.rowCount(classCount: classCount)
        let drawn = try head.initialization.draw(
            classCount: rows * (head.subcenters ?? 1), featureCount: featureCount, generator: generator,
            scalarType: scalarType)
        weight = try head.subcenters.map { try drawn.reshaped([rows, $0, featureCount]) } ?? drawn
        bias = try head.objective.bias.shape(classCount: classCount).map { shape in
            try Tensor.full(
                shape, head.initialBias(classCount: classCount), scalarType: scalarType,
                device: generator.device)
        }
        var state = head.initialState
        if state.numbers[.seed] == 0 { state[.seed] = try Self.drawnSeed(generator) }
        memoryNames = state.names
        memory = try state.names.map { name in
            try Tensor.full([], state[name], scalarType: name.isCount ? .int64 : scalarType, device: generator.device)
        }
        if head.weightConvention == .projected { try projectWeights() }
        try weight.requireGradient()
        try bias?.requireGradient()
    }

    private static func checkClasses(_ count: Int, objective: any Objective) throws(HeadError) {
        switch objective.kind {
        case .contrastive:
            throw .combination("a contrastive objective compares pairs of samples; it has no classes to be trained on")
        case .oneClass where count != 2:
            throw .combination("a one-class objective tells members from all others: 2 classes, not \(count)")
        default:
            break
        }
    }

    /// A seed of its own, so that what is drawn later does not depend on what else uses the generator.
    private static func drawnSeed(_ generator: Generator) throws -> Double {
        let digits: [Double] = try Tensor.uniform([1], generator: generator, scalarType: .float64).reals()
        return (digits[0] * 0x1p31).rounded(.down) + 1
    }

    /// How many labels there are.
    public var classCount: Int { head.objective.kind == .oneClass ? 2 : weight.size(0) }
    public var featureCount: Int { weight.shape[weight.rank - 1] }

    public mutating func visit(_ visitor: inout ModuleVisitor) throws {
        try visitor.parameter("weight", &weight)
        try visitor.parameter("bias", &bias)
        for (index, name) in memoryNames.enumerated() {
            try visitor.buffer("state.\(name.rawValue)", &memory[index])
        }
    }

    /// What the head remembers.
    public var state: HeadState {
        get throws {
            var state = head.initialState
            for (name, number) in zip(memoryNames, memory) { state[name] = try number.item() }
            return state
        }
    }

    private func remember(_ state: HeadState) throws {
        try withoutGradients {
            for (name, number) in zip(memoryNames, memory) { try number.fill(state[name]) }
        }
    }

    /// The loss of features [B, D] with labels [B]; see
    /// ``Head/evaluate(features:weights:bias:labels:sampleWeights:state:updatingState:path:classGradients:)``.
    ///
    /// - Parameters:
    ///   - remembering: whether the batch is one of training: it then moves what the head remembers.
    ///     Say `false` where a loss is only looked at.
    ///   - classGradients: takes the gradient of the class weights, which then does not arrive in ``weight``.
    public func callAsFunction(
        _ features: Tensor, labels: Tensor, sampleWeights: Tensor? = nil, remembering: Bool = true,
        classGradients: (any ClassGradientSink)? = nil
    ) throws -> HeadOutput {
        let output = try head.evaluate(
            features: features, weights: weight, bias: bias, labels: labels, sampleWeights: sampleWeights,
            state: state, updatingState: remembering, path: path, classGradients: classGradients)
        if remembering { try remember(output.state) }
        return output
    }

    /// Every feature's similarity to every class, [B, C], without margin and scale.
    public func similarities(_ features: Tensor) throws -> Tensor {
        try head.similarities(features: features, weights: weight)
    }

    /// Overwrites every weight row by its direction, in place: to be called after each optimiser step
    /// where the convention is ``WeightConvention/projected``.
    public func projectWeights() throws {
        try withoutGradients {
            let directions = try WeightConvention.differentiated.directions(of: weight)
            try weight.copy(from: directions.reshaped(weight.shape))
        }
    }

    /// What the loss of a fresh head should be: its mean over 1,000 random unit directions against the
    /// weights as they are, the classes taking turns as the label.
    ///
    /// Only for a plain softmax is this ln C; under a margin and a scale it lies nats higher.
    public func expectedFirstLoss(generator: Generator) throws -> Double {
        let count = 1000
        return try withoutGradients {
            let normal = try Tensor.normal(
                [count, featureCount], generator: generator, scalarType: weight.scalarType)
            let labels = try Tensor((0..<count).map { $0 % classCount }).to(weight.device)
            let rows = try Directions(of: normal, name: "directions").rows
            return try self(rows, labels: labels, remembering: false).loss.item()
        }
    }
}
