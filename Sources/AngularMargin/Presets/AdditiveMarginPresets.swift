extension HeadPreset {
    public static let cosFace = HeadPreset(
        "cosface", title: "CosFace, AM-Softmax",
        equation: "ℓ = −log( e^{z_y} / (e^{z_y} + Σ_{j≠y} e^{s cos θ_j}) ), z_y = s (cos θ_y − m)",
        source: "Wang et al., CVPR 2018; speakers use s = 30, m = 0.2",
        parameters: [.scale(64), .number("m", 0.35, 0...2, "margin on the target's cosine")]
    ) { arguments, _ in
        Head(scale: arguments.scale, target: AdditiveCosineMargin(arguments.amount("m")))
    }

    public static let arcFace = HeadPreset(
        "arcface", title: "ArcFace, AAM-Softmax",
        equation: "ℓ = −log( e^{z_y} / (e^{z_y} + Σ_{j≠y} e^{s cos θ_j}) ), z_y = s cos(θ_y + m)",
        source: "Deng et al., CVPR 2019; speakers use s = 32, m = 0.2",
        parameters: [.scale(64), .angularMargin(0.5), .beyondPi(), .gradient]
    ) { arguments, _ in
        Head(scale: arguments.scale, target: arguments.additiveAngularMargin, gradient: arguments.margins)
    }

    public static let combined = HeadPreset(
        "combined", title: "combined margin",
        equation: "ℓ = −log( e^{z_y} / (e^{z_y} + Σ_{j≠y} e^{s cos θ_j}) ), z_y = s (cos(m₁θ_y + m₂) − m₃)",
        source: "Deng et al., CVPR 2019, equation 4",
        parameters: [
            .scale(64),
            .number("m1", 1, 1...10, "factor on the target's angle"),
            .number("m2", 0.3, HeadParameter.angleRange, "margin on the target's angle, in radians"),
            .number("m3", 0.2, 0...2, "margin on the target's cosine"),
            .word("beyond_pi", "none", ["none", "clamp"], "what happens where m₁θ_y + m₂ exceeds π"),
            .gradient,
        ]
    ) { arguments, _ in
        Head(
            scale: arguments.scale,
            target: CombinedMargin(
                factor: arguments.amount("m1"), angle: arguments.amount("m2"), cosine: arguments.amount("m3"),
                isClamped: arguments.word("beyond_pi") == "clamp"),
            gradient: arguments.margins)
    }

    public static let camri = HeadPreset(
        "camri", title: "CAMRI: a margin for critical classes alone",
        equation: """
            ℓ = −log( e^{z_y} / (e^{z_y} + Σ_{j≠y} e^{s cos θ_j}) ), z_y = s cos(θ_y + m_y)
            m_y > 0 for the critical classes, and 0 for all others
            """,
        source: "Nishiyama et al., IJCNN 2022; s, m = 4π/64 and no fallback as in its code for CIFAR-10",
        parameters: [
            .scale(16),
            .number("m", "4π/64 = 0.196…", "margin of the critical classes, in radians") { _ in
                .init(default: 4 * Double.pi / 64, range: HeadParameter.angleRange)
            },
            .names("classes", "the critical classes, by name"),
            .namedNumbers("margins", HeadParameter.angleRange, "margins of their own, such as stop:0.2,yield:0.1"),
            .beyondPi(), .gradient,
        ],
        needsClasses: true
    ) { arguments, context in
        Head(
            scale: arguments.scale,
            target: AdditiveAngularMargin(
                try arguments.classMargins(context), beyondPi: arguments.beyondPi),
            gradient: arguments.margins, initialization: .xavierUniform)
    }

    public static let subcenterArcFace = HeadPreset(
        "subcenter-arcface", title: "sub-centre ArcFace",
        equation: """
            ℓ = −log( e^{z_y} / (e^{z_y} + Σ_{j≠y} e^{s cos θ_j}) ), z_y = s cos(θ_y + m)
            cos θ_j = max_k cos(x, w_jk), with K directions per class
            """,
        source: "Deng et al., ECCV 2020",
        parameters: [
            .scale(64), .angularMargin(0.5),
            .count("k", 3, 1...1000, "directions per class, of which the nearest counts"),
            .beyondPi(), .gradient,
        ],
        closed: ["subcenters"]
    ) { arguments, _ in
        Head(
            subcenters: arguments.count("k"), scale: arguments.scale, target: arguments.additiveAngularMargin,
            gradient: arguments.margins)
    }

    public static let interTopK = HeadPreset(
        "inter-topk", title: "AAM-Softmax with the inter-top-k penalty",
        equation: """
            ℓ = −log( e^{z_y} / Σ_j e^{z_j} ), z_y = s cos(θ_y + m)
            z_j = s cos(θ_j − m′) for the k most similar other classes, s cos θ_j for the rest
            """,
        source: "Zhao et al., ICASSP 2022; defaults of wespeaker, which has K = 3 sub-centres beside it",
        parameters: [
            .scale(32), .angularMargin(0.2),
            .count("k", 5, 1...1_000_000, "how many other classes are made harder"),
            .number("m_prime", 0.06, HeadParameter.angleRange, "m′, by how much, in radians"),
            .beyondPi("wespeaker"), .gradient,
        ],
        closed: ["topk", "topk_margin"]
    ) { arguments, _ in
        Head(
            scale: arguments.scale, target: arguments.additiveAngularMargin,
            others: .harderOthers(arguments.amount("m_prime")), negatives: .nearest(arguments.count("k")),
            gradient: arguments.margins)
    }
}

extension HeadParameter {
    static func angularMargin(_ value: Double) -> Self {
        number("m", value, angleRange, "margin on the target's angle, in radians")
    }
}

extension HeadArguments {
    /// θ + m with the policy beyond π.
    var additiveAngularMargin: AdditiveAngularMargin { AdditiveAngularMargin(amount("m"), beyondPi: beyondPi) }

    /// A margin per class: those given as a whole, else those of the classes named, and none for the rest.
    ///
    /// - Parameter neutral: the amount that is none.
    func classMargins(_ context: HeadContext, otherwise neutral: Double = 0) throws -> MarginAmount {
        let named = (names("classes") ?? []).map { ($0, number("m")) }
        let margins = Dictionary(named) { $1 }.merging(namedNumbers("margins")) { $1 }
        if let given = context.classMargins {
            guard margins.isEmpty else {
                throw HeadPresetError.notApplicable(key: "classes", choices: "margins given for all classes")
            }
            return .perClass(given)
        }
        guard !margins.isEmpty else {
            throw HeadPresetError.missingClasses(otherwise: "margins")
        }
        return .perClass(
            try context.amounts(margins, key: names("classes") == nil ? "margins" : "classes", otherwise: neutral))
    }
}
