extension HeadPreset {
    public static let aSoftmax = HeadPreset(
        "a-softmax", title: "A-Softmax (SphereFace) with annealing",
        equation: """
            ℓ = −log( e^{z_y} / (e^{z_y} + Σ_{j≠y} e^{‖x‖ cos θ_j}) ), z_y = ‖x‖ (λ cos θ_y + ψ(θ_y))/(1 + λ)
            ψ = (−1)ᵏ cos(mθ) − 2k, k = ⌊mθ/π⌋
            λ = max(λ_min, λ_base (1 + γ·step)^(−power)), or λ as set
            """,
        source: "Liu et al., CVPR 2017, with the exact gradient (its Caffe layer rescales the margin's part); "
            + "schedule of its training files",
        parameters: [
            .number("m", 4, 1...10, "factor on the target's angle; 1 is no margin"),
            .unset("lambda", "by schedule", 0...1e9, "weight of the plain cosine, instead of the schedule"),
            .number("lambda_base", 1000, 0...1e9, "λ_base, the weight at the first step"),
            .number("lambda_min", 5, 0...1e9, "λ_min, where it ends"),
            .number("gamma", 0.12, 0...1e6, "γ, how fast it falls with the steps"),
            .number("power", 1, 0...10, "exponent of the fall"),
            .word("norm", "none", ["none", "hard"], "ρ = ‖x‖, or ρ = s in its place"),
            .number("s", "30 (hard)", "scale") {
                $0.word("norm") == "hard" ? .init(default: 30, range: HeadParameter.scaleRange) : nil
            },
            .gradient,
        ]
    ) { arguments, _ in
        let schedule = AnnealedWeight(
            base: arguments.number("lambda_base"), gamma: arguments.number("gamma"),
            power: arguments.number("power"), minimum: arguments.number("lambda_min"))
        let fixed = arguments.optionalNumber("lambda")
        return Head(
            scale: arguments.scale,
            target: AnnealedMargin(
                MonotoneMultiplicativeMargin(arguments.amount("m")),
                plainWeight: fixed.map { .constant($0) } ?? .rule(schedule)),
            gradient: arguments.margins, statistics: fixed == nil ? [.step] : [])
    }
}
