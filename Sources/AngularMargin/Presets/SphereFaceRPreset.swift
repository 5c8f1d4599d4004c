extension HeadPreset {
    public static let sphereFaceR = HeadPreset(
        "sphereface-r", title: "SphereFace-R",
        equation: """
            ℓ = −log( e^{ρψ(θ_y)} / (e^{ρψ(θ_y)} + Σ_{j≠y} e^{ρη(θ_j)}) )
            v0: ψ = (−1)ᵏ cos(mθ) − 2k, k = ⌊mθ/π⌋, η = cos θ
            v1: ψ = cos(min(π, mθ)), η = cos θ
            v2: ψ = cos θ, η = cos(θ/m)
            norm hard: ρ = s; none: ρ = ‖x‖; soft: ρ = ‖x‖, and t·mean|‖x‖ − s| is added to the loss
            """,
        source: "Liu et al., TPAMI 2022; defaults of OpenSphere, m = 1.5 (v0), 1.4 (v1, v2) where it has none",
        parameters: [
            .word("variant", "v2", ["v0", "v1", "v2"], "monotone, clipped, or shrinking the others' angles"),
            .word("norm", "hard", ["hard", "none", "soft"], "how features are normalised"),
            .word(
                "gradient", "detached", ["full", "detached"],
                "through the margin, or with slope 1 for every class (characteristic gradient detachment)"),
            .number("s", "30; 60 (v2, hard)", "scale, or the norm that features are pulled to") {
                switch ($0.word("norm"), $0.word("variant")) {
                case ("none", _): nil
                case ("hard", "v2"): .init(default: 60, range: HeadParameter.scaleRange)
                default: .init(default: 30, range: HeadParameter.scaleRange)
                }
            },
            .number("m", "1.5 (v0), 1.4 (v1, v2)", "factor on the angle; 1 is no margin") {
                .init(default: $0.word("variant") == "v0" ? 1.5 : 1.4, range: 1...10)
            },
            .number("t", "0.01 (soft)", "weight of the pull on the norm") {
                $0.word("norm") == "soft" ? .init(default: 0.01, range: 0...1000) : nil
            },
            .number("lw", "unset", "loss times lw/s (norm none: times lw); unset, the cross-entropy as it is") { _ in
                .init(default: nil, range: 0...1e6)
            },
        ]
    ) { arguments, _ in
        let margin = MarginAmount.constant(arguments.number("m"))
        let scale: Scale =
            switch arguments.word("norm") {
            case "hard": .constant(arguments.number("s"))
            case "soft": .pulledNorm(target: arguments.number("s"), weight: arguments.number("t"))
            default: .featureNorm
            }
        var head = Head(
            scale: scale, gradient: arguments.margins,
            lossWeight: arguments.optionalNumber("lw").map { $0 / scale.typical } ?? 1)
        switch arguments.word("variant") {
        case "v0": head.target = MonotoneMultiplicativeMargin(margin)
        case "v1": head.target = ClippedMultiplicativeMargin(margin)
        default: head.others = ShrunkenAngleMargin(margin)
        }
        return head
    }
}
