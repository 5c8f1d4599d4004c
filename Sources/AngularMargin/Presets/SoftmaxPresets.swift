extension HeadPreset {
    public static let softmax = HeadPreset(
        "softmax", title: "plain softmax",
        equation: "ℓ = −log( e^{w_y·x} / Σ_j e^{w_j·x} )",
        source: "the linear classifier; lengths of features and weights count",
        parameters: [.bias],
        closed: ["norm"]
    ) { arguments, _ in
        Head(
            similarity: .innerProduct, scale: .constant(1),
            objective: SoftmaxCrossEntropy(bias: arguments.bias))
    }

    public static let normFace = HeadPreset(
        "normface", title: "NormFace",
        equation: "ℓ = −log( e^{s cos θ_y} / Σ_j e^{s cos θ_j} )",
        source: "Wang et al., ACM MM 2017; s as in OpenSphere",
        parameters: [.scale(30)]
    ) { arguments, _ in
        Head(scale: arguments.scale)
    }

    public static let virtualSoftmax = HeadPreset(
        "virtual-softmax", title: "Virtual Softmax",
        equation: "ℓ = −log( e^{w_y·x} / (Σ_j e^{w_j·x} + e^{‖w_y‖‖x‖}) )",
        source: "Chen, Deng and Shen, NeurIPS 2018; there is no official code, and copies of it use gradient full",
        parameters: [
            .word(
                "gradient", "full", ["full", "detached"],
                "through ‖w_y‖ of the virtual class, or with its weights as a constant")
        ],
        closed: ["norm", "virtual"]
    ) { arguments, _ in
        Head(
            similarity: .innerProduct, scale: .constant(1),
            virtualClass: VirtualClass(rawValue: arguments.word("gradient")))
    }
}
