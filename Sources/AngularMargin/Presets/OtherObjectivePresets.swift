extension HeadPreset {
    public static let uniFace = HeadPreset(
        "uniface", title: "UniFace (unified cross-entropy)",
        equation: "ℓ = sp(−(s (cos θ_y − m) − b)) + l Σ_{j≠y} sp(s cos θ_j − b), sp(a) = log(1 + eᵃ); b is learned",
        source: "Zhou et al., ICCV 2023; its code also keeps logits in ±s: clamped",
        parameters: [
            .scale(64),
            .number("m", 0.4, 0...2, "margin on the target's cosine"),
            .number("l", 1, 1e-6...1e6, "weight of each other class"),
            .unset("b", "ln(10·C·r)", -1e4...1e4, "what the bias starts with"),
            .number("r", 1, 1e-6...1, "rate of class sampling, as far as the initial bias knows it"),
            .flag("clamped", false, "keeps s (cos θ_y − m) at −s and above, without a gradient there"),
        ]
    ) { arguments, _ in
        let margin = AdditiveCosineMargin(arguments.amount("m"))
        return Head(
            scale: arguments.scale,
            target: arguments.flag("clamped") ? margin.then(CosineStop()) : margin,
            objective: OneVersusAll(
                positiveWeight: 1, negativeWeight: arguments.number("l"),
                initialBias: arguments.optionalNumber("b").map { .fixed($0) }
                    ?? .logarithmOfClasses(rate: arguments.number("r")),
                subtractsBias: true),
            initialization: .kaimingNormal)
    }

    public static let p2sGrad = HeadPreset(
        "p2sgrad", title: "P2SGrad as a squared error",
        equation: "ℓ = Σ_j (cos θ_j − δ_jy)²",
        source: "Zhang et al., CVPR 2019; Wang and Yamagishi, Interspeech 2021",
        parameters: [
            .word("reduction", "sum", ["sum", "mean"], "over the classes; mean is what two public versions do")
        ],
        closed: ["norm"]
    ) { arguments, _ in
        Head(scale: .constant(1), objective: SquaredCosines(dividesByClassCount: arguments.word("reduction") == "mean"))
    }

    public static let ocSoftmax = HeadPreset(
        "oc-softmax", title: "OC-Softmax (one class)",
        equation: """
            ℓ = sp(α (m₀ − cos θ)) for bona fide, sp(α (cos θ − m₁)) for spoof, sp(a) = log(1 + eᵃ)
            θ is the angle to the one row of weights; label 0 is bona fide
            """,
        source: "Zhang, Jiang and Duan, SPL 2021 (the class in its code has m₁ = 0.5)",
        parameters: [
            .number("alpha", 20, HeadParameter.scaleRange, "scale on the cosine"),
            .number("m0", 0.9, -1...1, "cosine that bona fide shall exceed"),
            .number("m1", 0.2, -1...1, "cosine that spoofs shall stay below"),
            .names("bona_fide", "the class that is bona fide, by name; unset, the one with label 0"),
        ],
        closed: ["norm"]
    ) { arguments, context in
        let names = arguments.names("bona_fide") ?? []
        guard names.count < 2 else {
            throw HeadPresetError.wrongValue(key: "bona_fide", value: .words(names), expected: "one class")
        }
        return Head(
            scale: .constant(1),
            objective: OneClass(
                scale: arguments.number("alpha"), memberCosine: arguments.number("m0"),
                otherCosine: arguments.number("m1"),
                memberLabel: try names.first.map { try context.binaryLabel(of: $0, key: "bona_fide") } ?? 0))
    }

    public static let mama = HeadPreset(
        "mama", title: "MAMA: contrast with a subtractive angular margin",
        equation: """
            ℓ_i = −log( e^{S_ii/τ} / Σ_j e^{S_ij/τ} ) − log( e^{S_ii/τ} / Σ_j e^{S_ji/τ} ), mean of w_i ℓ_i
            S_ii = cos(max(0, λ_ii − μ)), S_ij = cos λ_ij; λ_ij is the angle of video i to text j
            """,
        source: "Nguyen et al., ECCV 2024; its μ and τ are not known: μ of its question-answering code, τ of CLIP",
        parameters: [
            .number("mu", 0.05, HeadParameter.angleRange, "μ, angle below which a pair is near enough, in radians"),
            .number("tau", 0.07, 1e-4...100, "τ, temperature"),
            .flag("clamp", true, "stops λ − μ at 0; without, pairs nearer than μ are pushed apart"),
            .gradient,
        ],
        closed: ["norm", "projected", "class_weights"]
    ) { arguments, _ in
        Head(
            scale: .constant(1 / arguments.number("tau")),
            target: SubtractiveAngularMargin(arguments.amount("mu"), stopsAtZero: arguments.flag("clamp")),
            gradient: arguments.margins, objective: Contrastive())
    }
}

extension HeadContext {
    /// 0 or 1: the label of a class of two.
    fileprivate func binaryLabel(of name: String, key: String) throws -> Int {
        let label = try label(of: name, key: key)
        guard label < 2 else {
            throw HeadError.combination(
                "there are \(classNames?.count ?? 0) classes, and one class against all others needs 2")
        }
        return label
    }
}
