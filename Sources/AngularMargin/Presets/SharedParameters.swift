extension HeadParameter {
    // What several presets share.

    static func scale(_ value: Double) -> Self {
        .number("s", "\(HeadParameterValue.number(value))", "scale on the cosine") {
            $0.has("norm") && $0.word("norm") == "none" ? nil : .init(default: value, range: scaleRange)
        }
    }
    static let scaleRange: ClosedRange<Double> = 0.01...10_000
    static let angleRange: ClosedRange<Double> = 0...Double.pi

    static let gradient = word(
        "gradient", "full", ["full", "detached"],
        "through the margin, or with every class's slope as it is without margin")

    static func beyondPi(_ value: String = "none") -> Self {
        word("beyond_pi", value, BeyondPi.allCases.map(\.rawValue), "what happens where θ_y + m exceeds π")
    }

    /// The axes that a method leaves open: any head may take any choice that makes sense with it.
    public static let open: [HeadParameter] = [
        .number("lw", 1, 0...1e6, "factor on the mean loss"),
        .classWeights,
        .word("norm", "hard", ["hard", "none"], "ρ = s, or ρ = ‖x‖ in its place"),
        .flag(
            "projected", false,
            "overwrite weights by their directions after each step, without the normalisation's gradient"),
        .count("subcenters", 1, 1...1000, "directions per class, of which the nearest counts"),
        .word("virtual", "none", ["none", "full", "detached"], "one more class per sample, along the sample itself"),
        .count("topk", 0, 0...1_000_000, "so many of the most similar other classes are made harder"),
        .number("topk_margin", 0.06, angleRange, "by this margin, in radians: cos(θ_j − m) for cos θ_j"),
        .number("sample_rate", 1, 1e-6...1, "share of the classes that a step compares with (Partial FC)"),
        .number(
            "negligible", 0, 0...1,
            "probability on other classes below which a sample's gradient leaves them out"),
        .word(
            "regularizer", "none", ["none"] + Regularizer.allCases.map(\.rawValue),
            "what is asked of the class weights"),
        .number("regularizer_weight", "0.1 (exclusive), 1", "its weight λ; the exclusive ones leave 1 − λ to the loss")
        {
            switch $0.word("regularizer") {
            case "none": nil
            case let name where name.hasPrefix("exclusive"): .init(default: 0.1, range: 0...1)
            default: .init(default: 1, range: 0...1e6)
            }
        },
    ]
}

extension HeadArguments {
    var margins: MarginGradient { word("gradient") == "detached" ? .detached : .full }
    var beyondPi: BeyondPi { BeyondPi(rawValue: word("beyond_pi")) ?? .none }
    func amount(_ key: String) -> MarginAmount { .constant(number(key)) }
    /// s, or the feature's norm.
    var scale: Scale { optionalNumber("s").map { .constant($0) } ?? .featureNorm }

    /// Sets the axes that a preset left open.
    func apply(_ open: [HeadParameter], _ context: HeadContext, to head: inout Head) throws {
        func isOpen(_ key: String) -> Bool { open.contains { $0.key == key } }
        if isOpen("lw") { head.lossWeight *= number("lw") }
        if isOpen("class_weights") { head.classWeights = try classWeights(context) }
        if isOpen("projected"), flag("projected") { head.weightConvention = .projected }
        if isOpen("norm"), word("norm") == "none" { head.scale = .featureNorm }
        if isOpen("subcenters"), count("subcenters") > 1 { head.subcenters = count("subcenters") }
        if isOpen("virtual") { head.virtualClass = VirtualClass(rawValue: word("virtual")) }
        if isOpen("topk"), count("topk") > 0 {
            guard head.others == nil else {
                throw HeadError.combination(
                    "its other classes have a margin η already, and topk would put a second one on some of them")
            }
            head.others = .harderOthers(amount("topk_margin"))
            head.negatives = .nearest(count("topk"))
        }
        if isOpen("sample_rate"), number("sample_rate") < 1 {
            head.sampling = ClassSampling(rate: number("sample_rate"))
            head.needsRandom()
        }
        if isOpen("negligible") { head.negligible = number("negligible") }
        if isOpen("regularizer"), let regularizer = Regularizer(rawValue: word("regularizer")) {
            let weight = number("regularizer_weight")
            head.regularizer = WeightedRegularizer(regularizer, weight: weight)
            // L = (1 − λ) L_angular + λ L_inter (arXiv 1908.03990).
            if word("regularizer").hasPrefix("exclusive") { head.lossWeight *= 1 - weight }
        }
    }
}

extension Head {
    /// Adds the statistic of random draws where it is not there yet.
    mutating func needsRandom() {
        if initialState.numbers[.seed] == nil { statistics.append(.random()) }
    }
}

extension Margin where Self == SubtractiveAngularMargin {
    /// cos(θ − m): another class counts as nearer than it is. It does not stop at m.
    static func harderOthers(_ amount: MarginAmount) -> any Margin {
        SubtractiveAngularMargin(amount, stopsAtZero: false)
    }
}
