extension HeadPreset {
    public static let curricularFace = HeadPreset(
        "curricularface", title: "CurricularFace",
        equation: """
            ℓ = −log( e^{z_y} / Σ_j e^{z_j} ), z_y = s cos(θ_y + m)
            z_j = s cos θ_j (t + cos θ_j) where cos θ_j > cos(θ_y + m), else s cos θ_j
            t ← α · mean(cos θ_y) + (1 − α) t, before it is used
            """,
        source: "Huang et al., CVPR 2020; α as in most copies of its code (TFace has 0.1)",
        parameters: [
            .scale(64), .angularMargin(0.5),
            .number("alpha", 0.01, 0...1, "weight of a batch in t"),
            .number("t", 0, -1...1, "what t starts with"),
            .beyondPi("arcface"), .gradient,
        ]
    ) { arguments, _ in
        Head(
            scale: arguments.scale, target: arguments.additiveAngularMargin,
            others: CurricularMargin(.rule(RunningTargetCosine())),
            negatives: .above(AdditiveAngularMargin(arguments.amount("m"))), gradient: arguments.margins,
            statistics: [.targetCosine(rate: arguments.number("alpha"), start: arguments.number("t"))])
    }

    public static let magFace = HeadPreset(
        "magface", title: "MagFace",
        equation: """
            ℓ = −log( e^{z_y} / (e^{z_y} + Σ_{j≠y} e^{s cos θ_j}) ) + λ_g (a/u_a² + 1/a), z_y = s cos(θ_y + m(a))
            m(a) = l_m + (u_m − l_m)(a − l_a)/(u_a − l_a), a = ‖x‖ kept in [l_a, u_a]
            """,
        source: "Meng et al., CVPR 2021; defaults of its training script (whose class has beyond_pi easy)",
        parameters: [
            .scale(64),
            .number("l_a", 10, 1e-3...1e6, "smallest norm that counts"),
            .number("u_a", 110, 1e-3...1e6, "largest norm that counts"),
            .number("l_m", 0.45, HeadParameter.angleRange, "margin at l_a, in radians"),
            .number("u_m", 0.8, HeadParameter.angleRange, "margin at u_a, in radians"),
            .number("lambda_g", 35, 0...1e6, "weight of the term that keeps norms large"),
            .beyondPi(), .gradient,
        ],
        closed: ["norm"]
    ) { arguments, _ in
        func range(_ lower: String, _ upper: String, strictly: Bool) throws -> ClosedRange<Double> {
            let (low, high) = (arguments.number(lower), arguments.number(upper))
            guard strictly ? low < high : low <= high else {
                throw HeadError.combination("\(lower) is \(low) and \(upper) \(high), which should be larger")
            }
            return low...high
        }
        let norms = try range("l_a", "u_a", strictly: true)
        let rule = MagnitudeMargin(norms: norms, margins: try range("l_m", "u_m", strictly: false))
        return Head(
            scale: arguments.scale, target: AdditiveAngularMargin(.rule(rule), beyondPi: arguments.beyondPi),
            gradient: arguments.margins,
            magnitudePenalty: MagnitudePenalty(norms: norms, weight: arguments.number("lambda_g")))
    }

    public static let adaFace = HeadPreset(
        "adaface", title: "AdaFace",
        equation: """
            ℓ = −log( e^{z_y} / (e^{z_y} + Σ_{j≠y} e^{s cos θ_j}) ), z_y = s (cos(θ_y − m û) − m − m û), θ_y − m û in [0, π]
            û = h (‖x‖ − μ)/(σ + 10⁻³) kept in [−1, 1], without gradient
            μ, σ: running mean and standard deviation of norms, moved before they are used
            """,
        source: "Kim, Jain and Liu, CVPR 2022; the paper's m and h, the training script's α (its class has 1)",
        parameters: [
            .scale(64),
            .number("m", 0.4, 0...1.5, "margin"),
            .number("h", 0.333, 0...10, "how soon a norm counts as high or low"),
            .number("alpha", 0.01, 0...1, "weight of a batch in μ and σ"),
            .number("mu", 20, 0...1e6, "what μ starts with"),
            .number("sigma", 100, 0...1e6, "what σ starts with"),
            .gradient,
        ]
    ) { arguments, _ in
        let m = arguments.number("m")
        let quality = NormQuality(concentration: arguments.number("h"))
        return Head(
            scale: arguments.scale,
            target: CombinedMargin(
                angle: .rule(quality, factor: -m), cosine: .rule(quality, factor: m, offset: m), isClamped: true),
            gradient: arguments.margins,
            statistics: [
                .normMoments(
                    rate: arguments.number("alpha"), mean: arguments.number("mu"), deviation: arguments.number("sigma"))
            ])
    }

    public static let elasticFace = HeadPreset(
        "elasticface", title: "ElasticFace",
        equation: """
            ℓ = −log( e^{z_y} / (e^{z_y} + Σ_{j≠y} e^{s cos θ_j}) ), m_i ~ N(m, σ²) for every sample
            arc: z_y = s cos(θ_y + m_i); cos: z_y = s (cos θ_y − m_i)
            plus: the smaller cos θ_y, the larger the m_i of a batch it is given
            """,
        source: "Boutros et al., CVPR Workshops 2022",
        parameters: [
            .word("variant", "arc", ["arc", "cos"], "margin on the angle, or on the cosine"),
            .flag("plus", false, "gives the largest margins to the hardest samples"),
            .scale(64),
            .number("m", "0.5 (arc), 0.35 (cos)", "mean margin") {
                $0.word("variant") == "arc"
                    ? .init(default: 0.5, range: HeadParameter.angleRange) : .init(default: 0.35, range: 0...2)
            },
            .number(
                "sigma", "0.05; with plus 0.0175 (arc), 0.02 (cos)", "standard deviation of the margin"
            ) {
                let plus = $0.word("variant") == "arc" ? 0.0175 : 0.02
                return .init(default: $0.flag("plus") ? plus : 0.05, range: 0...1)
            },
            .gradient,
        ]
    ) { arguments, _ in
        let amount = MarginAmount.rule(
            NormalMargin(
                mean: arguments.number("m"), deviation: arguments.number("sigma"), isSorted: arguments.flag("plus")))
        return Head(
            scale: arguments.scale,
            target: arguments.word("variant") == "arc" ? AdditiveAngularMargin(amount) : AdditiveCosineMargin(amount),
            gradient: arguments.margins, statistics: [.random()])
    }
}
