extension HeadPreset {
    static let softmax = HeadPreset(
        "softmax", title: "plain softmax",
        equation: "ℓ = −log( e^{w_y·x} / Σ_j e^{w_j·x} )",
        source: "the linear classifier; lengths of features and weights count",
        parameters: [
            .word("bias", "none", ["none", "class"], "no bias, or one per class that starts at 0"),
            .lossWeight,
        ]
    ) {
        Head(
            similarity: .innerProduct, scale: .constant(1),
            objective: SoftmaxCrossEntropy(bias: $0.word("bias") == "class" ? .perClass : .none),
            lossWeight: $0.number("lw"))
    }

    static let normFace = HeadPreset(
        "normface", title: "NormFace",
        equation: "ℓ = −log( e^{s cos θ_y} / Σ_j e^{s cos θ_j} )",
        source: "Wang et al., ACM MM 2017; s as in OpenSphere",
        parameters: [.scale(30), .lossWeight, .projected]
    ) {
        Head(
            scale: .constant($0.number("s")), weightConvention: $0.weightConvention,
            lossWeight: $0.number("lw"))
    }
}
