extension HeadPreset {
    /// Any sentence of the grammar, for combinations that nobody has published.
    public static let custom = HeadPreset(
        "custom", title: "a head of your own, axis by axis",
        equation: """
            logits z_y = ρ ψ(θ_y) + b, z_j = ρ η(θ_j) + b, and an objective of them
            ψ, η: none, cosine (cos θ ∓ m), angle (cos(θ ± m)), monotone, clipped or shrunken (a factor m on θ)
            m: constant, by class, by the feature's norm, or drawn at random
            """,
        source: "the grammar of this library; every published head is one of its sentences",
        parameters: [
            .word(
                "target", "none", ["none", "cosine", "angle", "subtractive", "monotone", "clipped"],
                "ψ, the margin on the own class"),
            .number("m", "0.35 (cosine), 0.5 (angle), 0.05 (subtractive), 1.5 (monotone), 1.4 (clipped)", "its size") {
                switch $0.word("target") {
                case "cosine": .init(default: 0.35, range: 0...2)
                case "angle": .init(default: 0.5, range: HeadParameter.angleRange)
                case "subtractive": .init(default: 0.05, range: HeadParameter.angleRange)
                case "monotone": .init(default: 1.5, range: 1...10)
                case "clipped": .init(default: 1.4, range: 1...10)
                default: nil
                }
            },
            .word("amount", "constant", ["constant", "class", "norm", "random"], "what the size of ψ depends on"),
            .names("classes", "with amount class: the classes that have m, by name"),
            .namedNumbers("margins", 0...10, "with amount class: sizes of their own, such as stop:0.2"),
            .number("l_a", "10 (norm)", "smallest norm that counts, where the size is m") {
                $0.word("amount") == "norm" ? .init(default: 10, range: 1e-3...1e6) : nil
            },
            .number("u_a", "110 (norm)", "largest norm that counts, where the size is u_m") {
                $0.word("amount") == "norm" ? .init(default: 110, range: 1e-3...1e6) : nil
            },
            .number("u_m", "0.8 (norm)", "size at the largest norm") {
                $0.word("amount") == "norm" ? .init(default: 0.8, range: 0...10) : nil
            },
            .number("sigma", "0.05 (random)", "standard deviation of the size") {
                $0.word("amount") == "random" ? .init(default: 0.05, range: 0...1) : nil
            },
            .word("others", "none", ["none", "cosine", "angle", "shrunken"], "η, the margin on the other classes"),
            .number("m_others", "0.35 (cosine), 0.06 (angle), 1.4 (shrunken)", "its size") {
                switch $0.word("others") {
                case "cosine": .init(default: 0.35, range: 0...2)
                case "angle": .init(default: 0.06, range: HeadParameter.angleRange)
                case "shrunken": .init(default: 1.4, range: 1...10)
                default: nil
                }
            },
            .word("negatives", "all", ["all", "hard"], "η on all other classes, or on those nearer than ψ allows"),
            .word(
                "objective", "softmax", ["softmax", "one-vs-all", "real-world-weight", "squares"],
                "what is asked of the logits"),
            .number("lambda", "0.7 (one-vs-all)", "weight of the own class; 1 − λ is that of each other one") {
                $0.word("objective") == "one-vs-all" ? .init(default: 0.7, range: 0.001...0.999) : nil
            },
            .number("t", 1, 1...20, "exponent of a similarity adjustment before the margins; 1 is none"),
            .number("s", "30; 1 (squares)", "scale") {
                switch ($0.word("norm"), $0.word("objective")) {
                case ("none", _): nil
                case (_, "squares"): .init(default: 1, range: 1...1)
                default: .init(default: 30, range: HeadParameter.scaleRange)
                }
            },
            .word("norm", "hard", ["hard", "none", "soft"], "ρ = s, ρ = ‖x‖, or ρ = ‖x‖ pulled to s"),
            .number("pull", "0.01 (soft)", "weight of the pull on the norm") {
                $0.word("norm") == "soft" ? .init(default: 0.01, range: 0...1000) : nil
            },
            .beyondPi(),
            .word("gradient", "full", ["full", "detached", "released"], "as for sphereface2"),
            .meanOfWeights,
        ] + HeadParameter.realWorldWeights("critical") { $0.word("objective") == "real-world-weight" }
    ) { arguments, context in
        var head = Head(scale: arguments.customScale)
        let amount = try arguments.customAmount(context)
        head.target = amount.flatMap { arguments.customTarget($0) }
        head.others = arguments.customOthers
        if arguments.word("negatives") == "hard" { head.negatives = .above(head.target ?? AdditiveCosineMargin(0)) }
        if arguments.number("t") > 1 {
            guard arguments.word("target") != "monotone" else {
                throw HeadError.combination(
                    "a similarity adjustment is for [−1, 1], and a monotone margin leads out of it")
            }
            head.adjust(exponent: arguments.number("t"))
        }
        if arguments.names("critical") != nil, arguments.word("objective") != "real-world-weight" {
            throw HeadPresetError.notApplicable(key: "critical", choices: "objective=\(arguments.word("objective"))")
        }
        switch arguments.word("objective") {
        case "one-vs-all":
            let lambda = arguments.number("lambda")
            head.objective = OneVersusAll(positiveWeight: lambda, negativeWeight: 1 - lambda)
        case "real-world-weight":
            head.objective = try arguments.realWorldWeights("critical", context)
        case "squares":
            head.objective = SquaredCosines()
        default:
            break
        }
        head.gradient =
            switch arguments.word("gradient") {
            case "detached": .detached
            case "released": .straightThrough
            default: .full
            }
        if arguments.word("amount") == "random" { head.needsRandom() }
        return head
    }
}

extension HeadArguments {
    fileprivate var customScale: Scale {
        guard word("norm") == "soft" else { return scale }
        return .pulledNorm(target: number("s"), weight: number("pull"))
    }

    /// How large ψ is; `nil` where there is none.
    fileprivate func customAmount(_ context: HeadContext) throws -> MarginAmount? {
        let named = names("classes") != nil || !namedNumbers("margins").isEmpty
        if word("amount") != "class", named {
            throw HeadPresetError.notApplicable(key: "classes", choices: "amount=\(word("amount"))")
        }
        guard word("target") != "none" else {
            guard word("amount") == "constant" else {
                throw HeadPresetError.notApplicable(key: "amount", choices: "target=none")
            }
            return nil
        }
        let isFactor = ["monotone", "clipped"].contains(word("target"))
        switch word("amount") {
        case "class":
            return try classMargins(context, otherwise: isFactor ? 1 : 0)
        case "norm":
            let (low, high) = (number("l_a"), number("u_a"))
            guard low < high, number("m") <= number("u_m") else {
                throw HeadError.combination(
                    "the margin grows with the norm: l_a below u_a, and m up to u_m, are wanted")
            }
            return .rule(MagnitudeMargin(norms: low...high, margins: number("m")...number("u_m")))
        case "random":
            return .rule(NormalMargin(mean: number("m"), deviation: number("sigma")))
        default:
            return amount("m")
        }
    }

    fileprivate func customTarget(_ amount: MarginAmount) -> (any Margin)? {
        switch word("target") {
        case "cosine": AdditiveCosineMargin(amount)
        case "angle": AdditiveAngularMargin(amount, beyondPi: beyondPi)
        case "subtractive": SubtractiveAngularMargin(amount)
        case "monotone": MonotoneMultiplicativeMargin(amount)
        case "clipped": ClippedMultiplicativeMargin(amount)
        default: nil
        }
    }

    fileprivate var customOthers: (any Margin)? {
        switch word("others") {
        case "cosine": AdditiveCosineMargin(-amount("m_others"))
        case "angle": .harderOthers(amount("m_others"))
        case "shrunken": ShrunkenAngleMargin(amount("m_others"))
        default: nil
        }
    }
}

extension Head {
    /// Puts g before both margins where they are of the cosine, after them where they are of the angle.
    fileprivate mutating func adjust(exponent: Double) {
        let adjustment = SimilarityAdjustment(exponent: exponent)
        func adjusted(_ margin: (any Margin)?) -> any Margin {
            guard let margin else { return adjustment }
            if let cosine = margin as? AdditiveCosineMargin { return adjustment.then(cosine) }
            return ComposedMargin(first: margin, second: adjustment)
        }
        (target, others) = (adjusted(target), adjusted(others))
    }
}
