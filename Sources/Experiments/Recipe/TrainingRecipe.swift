import Training

/// The section `training`.
public struct TrainingRecipe: Sendable {
    public enum SamplerName: String, Sendable, CaseIterable {
        case shuffled, balanced, weighted, identities
    }

    private enum OptimizerName: String, CaseIterable {
        case sgd, adamw
    }

    private enum ScheduleName: String, CaseIterable {
        case constant, step, cosine, polynomial

        /// The keys that belong to it.
        var keys: [String] {
            switch self {
            case .constant: []
            case .step: ["drops", "factor"]
            case .cosine: ["final_rate"]
            case .polynomial: ["power", "final_rate"]
            }
        }
    }

    public var epochs: Int
    public var batch: Int
    public var sampler: SamplerName
    /// With the sampler `identities`: how many in a batch, and how many pictures of each.
    public var identitiesInBatch: Int
    public var picturesOfIdentity: Int
    /// With the sampler `weighted`: a sample of a class of n weighs its class's weight, 1 where none is
    /// given, times n^(−power).
    public var classWeights: [String: Double]
    public var frequencyPower: Double
    /// α of mixup's Beta(α, α); 0 mixes nothing.
    public var mixup: Double
    public var optimizer: OptimizerDescription
    public var learningRate: Double
    /// Multiplies the learning rate for the head's class weights.
    public var headRate: Double
    public var weightDecay: Double
    public var shape: LearningRateSchedule.Shape
    /// In epochs, fractions allowed.
    public var warmUp: Double
    public var margin: MarginSchedule
    public var gradientNormLimit: Double?
    /// In how many pieces a batch goes through the network.
    public var accumulation: Int
    public var precision: TrainingLoop.Plan.Precision
    /// The decay of the weights' moving average; `nil` for none.
    public var average: Double?
    /// Steps between two measurements on development data; `nil` measures after each epoch.
    public var validateEvery: Int?
    /// How many measurements in a row may bring nothing better; `nil` for any number.
    public var patience: Int?
    /// Which epoch's weights become the model.
    public var keep: TrainingLoop.Plan.Keep
    /// Steps between two checkpoints inside an epoch; `nil` saves there every ten minutes.
    public var checkpointEvery: Int?
    /// How a step changes the head's class weights.
    public var classUpdates: TrainingLoop.Plan.ClassUpdates
    /// Threads that decode; `nil` takes what the machine has.
    public var workers: Int?
    public var device: String

    init(_ section: RecipeSection) throws {
        epochs = try section.value("epochs", default: 20, in: 1...1_000_000, "from 1 to 1000000")
        batch = try section.value("batch", default: 64, in: 2...1_000_000, "from 2 to 1000000")
        sampler = try section.choice("sampler", default: .shuffled)
        identitiesInBatch = try section.value(
            "identities_in_batch", default: 16, in: 2...1_000_000, "from 2 to 1000000")
        picturesOfIdentity = try section.value(
            "pictures_of_identity", default: 4, in: 1...1_000_000, "from 1 to 1000000")
        if sampler != .weighted {
            try section.refuse(["class_weights", "frequency_power"], with: "sampler: \(sampler.rawValue)")
        }
        classWeights = sampler == .weighted ? try section.optional("class_weights") ?? [:] : [:]
        guard classWeights.values.allSatisfy({ 0...1e6 ~= $0 }) else {
            throw section.error("class_weights", "must be weights from 0 to 1000000")
        }
        frequencyPower =
            sampler == .weighted ? try section.value("frequency_power", default: 1, in: 0...4, "from 0 to 4") : 1
        mixup = try section.value("mixup", default: 0, in: 0...4, "from 0 to 4")
        let name: OptimizerName = try section.choice("optimizer", default: .sgd)
        optimizer = try Self.optimizer(section, name)
        learningRate = try section.value(
            "learning_rate", default: name == .sgd ? 0.1 : 1e-3, in: 1e-12...1e3, "from 1e-12 to 1000")
        headRate = try section.value(
            "head_rate", default: 1, in: 0...1e3, "from 0 to 1000, a factor of learning_rate")
        weightDecay = try section.value(
            "weight_decay", default: name == .sgd ? 5e-4 : 1e-2, in: 0...1, "from 0 to 1")
        shape = try Self.shape(section)
        warmUp = try section.value("warm_up", default: 0, in: 0...1e6, "from 0 to 1000000 epochs")
        let ramp = try section.value("margin_ramp", default: [0.0, 0.0])
        guard ramp.count == 2, 0 <= ramp[0], ramp[0] <= ramp[1], ramp[1] <= 1 else {
            throw section.error("margin_ramp", "must be [start, end] as fractions of the run, 0 ≤ start ≤ end ≤ 1")
        }
        margin = MarginSchedule(start: ramp[0], end: ramp[1])
        gradientNormLimit = try section.optional("gradient_norm_limit", in: 1e-12...1e12, "from 1e-12 to 1e12")
        accumulation = try section.value(
            "accumulation", default: 1, in: 1...1_000_000, "a number of pieces, 1 to 1000000")
        precision = try section.choice("precision", default: .float32)
        average = try section.optional("average", in: 0..<1, "a decay from 0 to below 1, such as 0.999")
        validateEvery = try section.optional("validate_every", in: 1..., "a number of steps, 1 or more")
        patience = try section.optional("patience", in: 1..., "a number of measurements, 1 or more")
        keep = try section.choice("keep", default: .best)
        checkpointEvery = try section.optional("checkpoint_every", in: 1..., "a number of steps, 1 or more")
        // Not in the resolved recipe unless it is given: runs that were begun before there was a choice go on.
        classUpdates = try section.optionalChoice("class_updates") ?? .automatic
        workers = try section.optional("workers", in: 0...256, "from 0 to 256")
        device = try section.value("device", default: "cpu")
    }

    private static func optimizer(_ section: RecipeSection, _ name: OptimizerName) throws -> OptimizerDescription {
        let ofSGD = ["momentum", "nesterov"]
        let ofAdamW = ["beta1", "beta2"]
        try section.refuse(name == .sgd ? ofAdamW : ofSGD, with: "optimizer: \(name.rawValue)")
        func decay(_ key: String, _ standard: Double) throws -> Double {
            try section.value(key, default: standard, in: 0..<1, "from 0 to below 1")
        }
        switch name {
        case .sgd:
            let momentum = try decay("momentum", 0.9)
            let nesterov = try section.value("nesterov", default: false)
            guard !nesterov || momentum > 0 else {
                throw section.error("nesterov", "needs a momentum above 0; give one, or say nesterov: false")
            }
            return .sgd(momentum: momentum, nesterov: nesterov)
        case .adamw:
            return .adamW(beta1: try decay("beta1", 0.9), beta2: try decay("beta2", 0.999))
        }
    }

    private static func shape(_ section: RecipeSection) throws -> LearningRateSchedule.Shape {
        let name: ScheduleName = try section.choice("schedule", default: .cosine)
        let others = ["final_rate", "power", "drops", "factor"].filter { !name.keys.contains($0) }
        try section.refuse(others, with: "schedule: \(name.rawValue)")
        func final() throws -> Double {
            try section.value("final_rate", default: 0, in: 0...1e3, "from 0 to 1000")
        }
        switch name {
        case .constant: return .constant
        case .cosine: return .cosine(final: try final())
        case .polynomial:
            let power = try section.value("power", default: 2, in: 1e-3...100, "from 0.001 to 100")
            return .polynomial(power: power, final: try final())
        case .step:
            let fractions = try section.value("drops", default: [0.5, 0.75])
            guard fractions.allSatisfy({ (0...1).contains($0) }) else {
                throw section.error("drops", "must be fractions of the run, from 0 to 1")
            }
            let factor = try section.value("factor", default: 0.1, in: 0...1, "from 0 to 1")
            return .step(fractions: fractions, factor: factor)
        }
    }
}
