import Training

/// The section `training`.
public struct TrainingRecipe: Sendable {
    public enum SamplerName: String, Sendable, CaseIterable {
        case shuffled, balanced, identities
    }

    private enum OptimizerName: String, CaseIterable {
        case sgd, adamw
    }

    private enum ScheduleName: String, CaseIterable {
        case constant, step, cosine, polynomial
    }

    public var epochs: Int
    public var batch: Int
    public var sampler: SamplerName
    /// With the sampler `identities`: how many in a batch, and how many pictures of each.
    public var identitiesInBatch: Int
    public var picturesOfIdentity: Int
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
    /// Threads that decode; `nil` takes what the machine has.
    public var workers: Int?
    public var device: String

    init(_ section: RecipeSection) throws {
        epochs = try section.value("epochs", default: 20, in: 1..., "1 or more")
        batch = try section.value("batch", default: 64, in: 2..., "2 or more")
        sampler = try section.choice("sampler", default: .shuffled)
        identitiesInBatch = try section.value("identities_in_batch", default: 16, in: 2..., "2 or more")
        picturesOfIdentity = try section.value("pictures_of_identity", default: 4, in: 1..., "1 or more")
        let name: OptimizerName = try section.choice("optimizer", default: .sgd)
        switch name {
        case .sgd:
            optimizer = .sgd(
                momentum: try section.value("momentum", default: 0.9, in: 0..<1, "from 0 to below 1"),
                nesterov: try section.value("nesterov", default: false))
        case .adamw:
            optimizer = .adamW(
                beta1: try section.value("beta1", default: 0.9, in: 0..<1, "from 0 to below 1"),
                beta2: try section.value("beta2", default: 0.999, in: 0..<1, "from 0 to below 1"))
        }
        learningRate = try section.value(
            "learning_rate", default: name == .sgd ? 0.1 : 1e-3, in: 1e-12...1e3, "above 0")
        headRate = try section.value("head_rate", default: 1, in: 0...1e3, "0 or more, a factor of learning_rate")
        weightDecay = try section.value(
            "weight_decay", default: name == .sgd ? 5e-4 : 1e-2, in: 0...1, "from 0 to 1")
        shape = try Self.shape(section)
        warmUp = try section.value("warm_up", default: 0, in: 0...1e6, "0 or more epochs")
        let ramp = try section.value("margin_ramp", default: [0.0, 0.0])
        guard ramp.count == 2, 0 <= ramp[0], ramp[0] <= ramp[1], ramp[1] <= 1 else {
            throw section.error("margin_ramp", "must be [start, end] as fractions of the run, 0 ≤ start ≤ end ≤ 1")
        }
        margin = MarginSchedule(start: ramp[0], end: ramp[1])
        gradientNormLimit = try section.optional("gradient_norm_limit")
        workers = try section.optional("workers")
        if let workers, !(0...256).contains(workers) { throw section.error("workers", "must be from 0 to 256") }
        device = try section.value("device", default: "cpu")
    }

    private static func shape(_ section: RecipeSection) throws -> LearningRateSchedule.Shape {
        let name: ScheduleName = try section.choice("schedule", default: .cosine)
        func final() throws -> Double {
            try section.value("final_rate", default: 0, in: 0...1e3, "0 or more")
        }
        switch name {
        case .constant: return .constant
        case .cosine: return .cosine(final: try final())
        case .polynomial:
            return .polynomial(
                power: try section.value("power", default: 2, in: 1e-3...100, "above 0"), final: try final())
        case .step:
            let fractions = try section.value("drops", default: [0.5, 0.75])
            guard fractions.allSatisfy({ (0...1).contains($0) }) else {
                throw section.error("drops", "must be fractions of the run, from 0 to 1")
            }
            return .step(fractions: fractions, factor: try section.value("factor", default: 0.1, in: 0...1, "from 0 to 1"))
        }
    }
}
