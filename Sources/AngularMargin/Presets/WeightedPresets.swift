extension HeadPreset {
    public static let weightedSoftmax = HeadPreset(
        "weighted-softmax", title: "weighted softmax (WCE)",
        equation: """
            ℓ = −ω_y log( e^{w_y·x} / Σ_j e^{w_j·x} )
            mean samples: (1/B) Σ ℓ; weights: Σ ℓ / Σ ω_y
            """,
        source:
            "the weighted cross-entropy that CAMRI (Nishiyama et al., IJCNN 2022) is compared with; its ω is not known",
        parameters: [
            .names("classes", "the critical classes, by name"),
            .number("weight", 2, HeadParameter.weightRange, "their ω; every other class has 1"),
            .classWeights, .meanOfWeights, .bias,
        ],
        closed: ["norm"], needsClasses: true
    ) { arguments, context in
        let classes = arguments.names("classes") ?? []
        let weights = try arguments.classWeights(context, named: classes, weight: arguments.number("weight"))
        guard let weights else { throw HeadPresetError.missingClasses(otherwise: "class_weights") }
        return Head(
            similarity: .innerProduct, scale: .constant(1), objective: SoftmaxCrossEntropy(bias: arguments.bias),
            classWeights: weights)
    }

    public static let realWorldWeight = HeadPreset(
        "real-world-weight", title: "real-world-weight softmax (CRWWCE)",
        equation: """
            ℓ = −ω_y log h_y − Σ_{k≠y} ν_k log(1 − h_k), h_k = e^{w_k·x} / Σ_j e^{w_j·x}
            ω = miss_weight and ν = false_positive_weight of the critical classes; ω = 1 and ν = 0 of all others
            """,
        source: "Ho and Wookey, IEEE Access 2020, as CAMRI (Nishiyama et al., IJCNN 2022) is compared with it; "
            + "its ω and ν are not known",
        parameters: HeadParameter.realWorldWeights("classes") { _ in true } + [.bias],
        closed: ["norm", "class_weights", "sample_rate"], needsClasses: true
    ) { arguments, context in
        Head(
            similarity: .innerProduct, scale: .constant(1),
            objective: try arguments.realWorldWeights("classes", context, bias: arguments.bias))
    }
}

extension HeadParameter {
    static let weightRange: ClosedRange<Double> = 0...1e6

    static let bias = word("bias", "none", ["none", "class"], "no bias, or one per class that starts at 0")

    static let classWeights = namedNumbers(
        "class_weights", weightRange, "ω, what the losses of some classes are multiplied by, such as stop:3,yield:2")

    static let meanOfWeights = word(
        "mean", "samples", ClassWeights.Mean.allCases.map(\.rawValue),
        "divides by the number of samples, or by the sum of their ω as PyTorch does")

    /// The prices of critical classes.
    ///
    /// - Parameters:
    ///   - key: the key that names them.
    ///   - applies: whether the words chosen ask for them.
    static func realWorldWeights(
        _ key: String, where applies: @escaping @Sendable (HeadArguments) -> Bool
    ) -> [HeadParameter] {
        func weight(_ key: String, _ value: Double, _ meaning: String) -> HeadParameter {
            number(key, "\(HeadParameterValue.number(value))", meaning) {
                applies($0) ? .init(default: value, range: weightRange) : nil
            }
        }
        return [
            names(key, "the critical classes, by name"),
            weight("miss_weight", 2, "their ω, the price of missing one; every other class has 1"),
            weight("false_positive_weight", 1, "their ν, the price of taking another class for one"),
        ]
    }
}

extension HeadArguments {
    var bias: BiasKind { word("bias") == "class" ? .perClass : .none }

    /// The weights given as a whole, else those by name; `nil` where there are none.
    ///
    /// - Parameters:
    ///   - classes: those that have `weight`, unless the key class_weights gives them one of their own.
    func classWeights(
        _ context: HeadContext, named classes: [String] = [], weight: Double = 1
    ) throws -> ClassWeights? {
        let mean = has("mean") ? ClassWeights.Mean(rawValue: word("mean")) ?? .samples : .samples
        let weights = Dictionary(classes.map { ($0, weight) }) { $1 }.merging(namedNumbers("class_weights")) { $1 }
        let key = classes.isEmpty ? "class_weights" : "classes"
        if let given = context.classWeights {
            guard weights.isEmpty else {
                throw HeadPresetError.notApplicable(key: key, choices: "weights given for all classes")
            }
            return try ClassWeights(given, mean: mean)
        }
        guard !weights.isEmpty else { return nil }
        return try ClassWeights(context.amounts(weights, key: key, otherwise: 1), mean: mean)
    }

    /// - Parameter key: the key that names the critical classes.
    func realWorldWeights(_ key: String, _ context: HeadContext, bias: BiasKind = .none) throws
        -> RealWorldWeightCrossEntropy
    {
        guard let classes = names(key), !classes.isEmpty else { throw HeadPresetError.missingClasses(key: key) }
        func weights(_ value: Double, otherwise: Double) throws -> [Double] {
            try context.amounts(Dictionary(classes.map { ($0, value) }) { $1 }, key: key, otherwise: otherwise)
        }
        return RealWorldWeightCrossEntropy(
            missWeights: try weights(number("miss_weight"), otherwise: 1),
            falsePositiveWeights: try weights(number("false_positive_weight"), otherwise: 0), bias: bias)
    }
}

extension HeadPresetError {
    /// - Parameter otherwise: another key that would do.
    static func missingClasses(key: String = "classes", otherwise: String? = nil) -> HeadPresetError {
        .missing(
            key: key,
            wanted: "name the critical classes"
                + (otherwise.map { ", or give each a number under the key \($0)" } ?? ""))
    }
}
