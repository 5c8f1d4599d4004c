import AngularMargin
import Datasets
import Models
import Networks
import Suggestions
import Torch
import Training

/// What a recipe trains: samples, networks, optimiser and plan, ready to begin.
struct TrainingParts {
    let plan: TrainingLoop.Plan
    let samples: TrainingData
    private let backbone: any Backbone
    let head: MarginHead
    private let optimizer: any Optimizer
    /// The training labels that were replaced; none unless the recipe asks for that.
    let relabelled: [LabelNoise.Change]
    /// What was taken of the initial weights, in a sentence; `nil` where all weights are random.
    let initialization: String?

    /// - Parameters:
    ///   - initialState: the tensors of the recipe's initial weights, where it has any.
    ///   - detectsAnomalies: whether every operator's result is looked at.
    ///   - classLimit: trains with the first classes alone, to measure what does not depend on them.
    /// - Throws: what keeps the recipe from being trained on these data.
    init(
        _ recipe: Recipe, data: OpenedData, initialState: [String: Tensor]?, device: Device,
        detectsAnomalies: Bool = false, classLimit: Int? = nil
    ) throws {
        let seed = UInt64(recipe.seed)
        let training = recipe.training
        relabelled = try Self.noise(recipe, data: data, seed: seed)
        let names = Array(data.classes.names.prefix(classLimit ?? data.classes.names.count))
        samples = try Self.samples(
            recipe, data: data, source: RelabelledSource(data.source, relabelled), seed: seed, classCount: names.count)
        let generator = try Generator(seed: seed)
        var backbone = try recipe.network.backbone(generator: generator)
        var head = try MarginHead(
            recipe.head.head(classNames: names), classCount: names.count,
            featureCount: backbone.embeddingSize, generator: generator)
        initialization = try initialState.flatMap { try recipe.initialWeights?.load($0, into: backbone) }
        try backbone.requireGradients()
        try recipe.parameterRules.freeze(&backbone, file: recipe.file)
        try backbone.move(to: device)
        // Convolutions are fastest on channels that lie side by side (7 % of a step on a CPU).
        try backbone.arrange(.channelsLast)
        try head.move(to: device)

        let stepsPerEpoch = samples.sampler.batches(epoch: 0).count
        var plan = TrainingLoop.Plan(
            epochs: training.epochs,
            schedule: LearningRateSchedule(
                base: training.learningRate, shape: training.shape,
                warmUpSteps: Int((training.warmUp * Double(stepsPerEpoch)).rounded()),
                totalSteps: training.epochs * stepsPerEpoch),
            margin: training.margin, gradientNormLimit: training.gradientNormLimit, device: device, keep: training.keep)
        plan.accumulation = training.accumulation
        plan.precision = training.precision
        plan.averageDecay = training.average
        plan.averagesHead = recipe.task == .classification
        plan.validationInterval = training.validateEvery
        plan.patience = training.patience
        plan.checkpointInterval = training.checkpointEvery.map { .steps($0) } ?? .standard
        plan.detectsAnomalies = detectsAnomalies
        plan.classUpdates = training.classUpdates
        if training.classUpdates == .tiles,
            let obstacle = TrainingLoop.obstacleToTiles(plan, mixup: samples.mixup, head: head)
        {
            throw RecipeError(
                file: recipe.file, key: "training.class_updates", message: "cannot be tiles here: \(obstacle)")
        }
        try Self.check(recipe, data: data, device: device, batchSize: samples.sampler.batchSize)
        self.plan = plan
        let ofHead = head.parameters.map { NamedTensor(name: "head.\($0.name)", role: $0.role, tensor: $0.tensor) }
        optimizer = training.optimizer.optimizer(
            try recipe.parameterRules.groups(
                of: backbone, head: ofHead, headRate: training.headRate, weightDecay: training.weightDecay,
                file: recipe.file))
        self.backbone = backbone
        self.head = head
    }

    var parameterCount: Int { backbone.parameterCount + head.parameterCount }
    var stepCount: Int { plan.schedule.totalSteps }
    var batchSize: Int { samples.sampler.batchSize }
    var embeddingSize: Int { backbone.embeddingSize }

    /// The steps of all epochs.
    static func stepCount(_ recipe: Recipe, data: OpenedData) throws -> Int {
        let sampler = try sampler(
            recipe, data: data, items: data.source.items, seed: UInt64(recipe.seed),
            classCount: data.classes.names.count)
        return recipe.training.epochs * sampler.batches(epoch: 0).count
    }

    /// - Parameters:
    ///   - data: other samples than the recipe's, to measure with.
    ///   - epochs: another number than the recipe's.
    func loop(
        over data: TrainingData? = nil, epochs: Int? = nil, checkpoints: CheckpointStore?,
        observer: @escaping (TrainingEvent) throws -> Void
    ) throws -> TrainingLoop {
        var plan = plan
        if let epochs { plan.epochs = epochs }
        return try TrainingLoop(
            plan: plan, data: data ?? samples, backbone: backbone, head: head, optimizer: optimizer,
            checkpoints: checkpoints, observer: observer)
    }

    /// What a recipe asks of data and device that not all of them have.
    private static func check(_ recipe: Recipe, data: OpenedData, device: Device, batchSize: Int) throws {
        func fault(_ key: String, _ message: String) -> RecipeError {
            RecipeError(file: recipe.file, key: "training.\(key)", message: message)
        }
        let training = recipe.training
        guard training.accumulation == 1 || batchSize >= 2 * training.accumulation else {
            throw fault(
                "accumulation",
                "leaves pieces of fewer than two samples of a batch of \(batchSize); at most \(batchSize / 2) here")
        }
        guard training.precision == .float32 || device.hasAutocast else {
            throw fault("precision", "bfloat16 is not to be had on \(device); say float32")
        }
        for (key, isGiven) in [
            ("patience", training.patience != nil), ("validate_every", training.validateEvery != nil),
        ]
        where isGiven && data.split[Split.development] == nil {
            throw fault(key, "needs development data, and the split has no set of that name")
        }
    }

    private static func noise(_ recipe: Recipe, data: OpenedData, seed: UInt64) throws -> [LabelNoise.Change] {
        guard let share = recipe.data.labelNoise else { return [] }
        let indices = try data.indices(of: Split.training)
        return LabelNoise(share: share, seed: seed)
            .changes(of: indices, labels: data.labels(of: indices), classes: data.classes)
    }

    private static func samples(
        _ recipe: Recipe, data: OpenedData, source: any ItemSource, seed: UInt64, classCount: Int
    ) throws -> TrainingData {
        TrainingData(
            source: source,
            sampler: try sampler(recipe, data: data, items: source.items, seed: seed, classCount: classCount),
            transform: recipe.transform,
            augmentation: recipe.augmentation, classes: data.classes, mixup: recipe.training.mixup, seed: seed,
            workers: recipe.training.workers)
    }

    /// One for each class.
    private static func classWeights(_ recipe: Recipe, _ classes: Classes) throws -> [Double] {
        let given = recipe.training.classWeights
        func fault(_ message: String) -> RecipeError {
            RecipeError(file: recipe.file, key: "training.class_weights", message: message)
        }
        for name in given.keys.sorted() where classes.number(of: name) == nil {
            let hint = nearest(name, among: classes.names).map { "; did you mean “\($0)”?" } ?? ""
            throw fault("“\(name)” is no class of the training set\(hint)")
        }
        let weights = classes.names.map { given[$0] ?? 1 }
        guard weights.contains(where: { $0 > 0 }) else { throw fault("leave no class to be drawn: all are 0") }
        return weights
    }

    /// - Parameter classCount: samples of the first classes alone are drawn.
    private static func sampler(
        _ recipe: Recipe, data: OpenedData, items: [Item], seed: UInt64, classCount: Int
    ) throws -> any Sampler {
        let training = recipe.training
        let all = try data.indices(of: Split.training)
        let members = Array(data.classes.members(of: all, in: items).prefix(classCount))
        let indices = classCount == data.classes.names.count ? all : members.joined().sorted()
        // Batches are whole: batch normalisation cannot train on a last batch of one.
        let batch = min(training.batch, indices.count)
        switch training.sampler {
        case .shuffled:
            return try ShuffledSampler(indices: indices, batchSize: batch, dropsLast: true, seed: seed)
        case .balanced:
            return try BalancedSampler(
                members: members, batchSize: batch, epochLength: indices.count / batch * batch, seed: seed)
        case .weighted:
            return try WeightedSampler(
                members: members, classWeights: Array(classWeights(recipe, data.classes).prefix(classCount)),
                inverseFrequencyPower: training.frequencyPower, batchSize: batch,
                epochLength: indices.count / batch * batch, seed: seed)
        case .identities:
            do {
                return try IdentitySampler(
                    members: members, identitiesInBatch: training.identitiesInBatch,
                    picturesOfIdentity: training.picturesOfIdentity, seed: seed)
            } catch let error as SamplerError {
                throw RecipeError(
                    file: recipe.file, key: "training.identities_in_batch", message: error.description)
            }
        }
    }
}
