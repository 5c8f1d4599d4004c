extension HeadPreset {
    static let cosFace = HeadPreset(
        "cosface", title: "CosFace, AM-Softmax",
        equation: "ℓ = −log( e^{z_y} / (e^{z_y} + Σ_{j≠y} e^{s cos θ_j}) ), z_y = s (cos θ_y − m)",
        source: "Wang et al., CVPR 2018; speakers use s = 30, m = 0.2",
        parameters: [
            .scale(64),
            .number("m", 0.35, 0...2, "margin on the target's cosine"),
            .lossWeight, .projected,
        ]
    ) {
        Head(
            scale: .constant($0.number("s")), target: AdditiveCosineMargin(.constant($0.number("m"))),
            weightConvention: $0.weightConvention, lossWeight: $0.number("lw"))
    }

    static let arcFace = HeadPreset(
        "arcface", title: "ArcFace, AAM-Softmax",
        equation: "ℓ = −log( e^{z_y} / (e^{z_y} + Σ_{j≠y} e^{s cos θ_j}) ), z_y = s cos(θ_y + m)",
        source: "Deng et al., CVPR 2019; speakers use s = 32, m = 0.2",
        parameters: [
            .scale(64),
            .number("m", 0.5, 0...Double.pi, "margin on the target's angle, in radians"),
            .word(
                "beyond_pi", "none", BeyondPi.allCases.map(\.rawValue), "what happens where θ_y + m exceeds π"),
            .gradient, .lossWeight, .projected,
        ]
    ) {
        Head(
            scale: .constant($0.number("s")),
            target: AdditiveAngularMargin(
                .constant($0.number("m")), beyondPi: BeyondPi(rawValue: $0.word("beyond_pi")) ?? .none),
            gradient: $0.margins, weightConvention: $0.weightConvention, lossWeight: $0.number("lw"))
    }

    static let combined = HeadPreset(
        "combined", title: "combined margin",
        equation: "ℓ = −log( e^{z_y} / (e^{z_y} + Σ_{j≠y} e^{s cos θ_j}) ), z_y = s (cos(m₁θ_y + m₂) − m₃)",
        source: "Deng et al., CVPR 2019, equation 4",
        parameters: [
            .scale(64),
            .number("m1", 1, 1...10, "factor on the target's angle"),
            .number("m2", 0.3, 0...Double.pi, "margin on the target's angle, in radians"),
            .number("m3", 0.2, 0...2, "margin on the target's cosine"),
            .word("beyond_pi", "none", ["none", "clamp"], "what happens where m₁θ_y + m₂ exceeds π"),
            .gradient, .lossWeight, .projected,
        ]
    ) {
        Head(
            scale: .constant($0.number("s")),
            target: CombinedMargin(
                factor: .constant($0.number("m1")), angle: .constant($0.number("m2")),
                cosine: .constant($0.number("m3")), stopsAtPi: $0.word("beyond_pi") == "clamp"),
            gradient: $0.margins, weightConvention: $0.weightConvention, lossWeight: $0.number("lw"))
    }
}
