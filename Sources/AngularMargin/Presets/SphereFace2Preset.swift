extension HeadPreset {
    public static let sphereFace2 = HeadPreset(
        "sphereface2", title: "SphereFace2",
        equation: """
            ℓ = (λ/r) sp(−r ψ(θ_y) − b) + ((1 − λ)/r) Σ_{j≠y} sp(r η(θ_j) + b), sp(a) = log(1 + eᵃ)
            g(z) = 2((z + 1)/2)ᵗ − 1
            C: ψ = g(cos θ) − m, η = g(cos θ) + m
            A: ψ = g(cos(min(π, θ + m))), η = g(cos θ)
            M: ψ = g(cos(min(π, mθ))), η = g(cos θ)
            b is learned, from the value at which positives and negatives pull equally
            """,
        source: "Wen et al., ICLR 2022; defaults of its VGGFace2 configurations",
        parameters: [
            .word("variant", "C", ["C", "A", "M"], "margin on the cosine, added to the angle, or multiplying it"),
            .word(
                "gradient", "paper", ["paper", "full", "detached", "released"],
                "paper: full (C), detached (A, M); full: through g and the margin; "
                    + "detached: through g alone; released: as if the logit were r cos θ + b"),
            .number("r", 40, HeadParameter.scaleRange, "scale"),
            .number("m", "0.4 (C), 0.5 (A), 1.7 (M)", "margin: of the cosine, in radians, or a factor") {
                switch $0.word("variant") {
                case "C": .init(default: 0.4, range: 0...2)
                case "A": .init(default: 0.5, range: 0...Double.pi)
                default: .init(default: 1.7, range: 1...10)
                }
            },
            .number("t", 3, 1...20, "exponent of the similarity adjustment; 1 is none"),
            .number("lambda", 0.7, 0.001...0.999, "weight of the own class; 1 − λ is that of each other one"),
            .unset("b", "derived", -1e4...1e4, "what the bias starts with; unset, where both sides pull equally"),
        ]
    ) { arguments, _ in
        let amount = MarginAmount.constant(arguments.number("m"))
        let adjustment = SimilarityAdjustment(exponent: arguments.number("t"))
        let lambda = arguments.number("lambda")
        let target: any Margin
        let others: any Margin
        switch arguments.word("variant") {
        case "C":
            target = adjustment.then(AdditiveCosineMargin(amount))
            others = adjustment.then(AdditiveCosineMargin(-amount))
        case "A":
            target = AdditiveAngularMargin(amount, beyondPi: .clamp).then(adjustment)
            others = adjustment
        default:
            target = ClippedMultiplicativeMargin(amount).then(adjustment)
            others = adjustment
        }
        let gradient: MarginGradient =
            switch (arguments.word("gradient"), arguments.word("variant")) {
            case ("released", _): .straightThrough
            case ("detached", _), ("paper", "A"), ("paper", "M"): .detached
            default: .full
            }
        return Head(
            scale: .constant(arguments.number("r")), target: target, others: others, gradient: gradient,
            objective: OneVersusAll(
                positiveWeight: lambda, negativeWeight: 1 - lambda,
                initialBias: arguments.optionalNumber("b").map { .fixed($0) } ?? .balanced),
            lossWeight: 1 / arguments.number("r"))
    }
}
