/// A key of a preset: what it means, what it may be, and what it is unless set.
public struct HeadParameter: Sendable {
    public enum Kind: Sendable {
        /// A number whose default and range may depend on the words chosen; `nil` where it does not
        /// apply to them.
        case number(@Sendable (HeadArguments) -> NumberRule?)
        case word(options: [String], default: String)
        case flag(default: Bool)
        /// Names of classes; none unless set.
        case names
        /// A number in the range for each of some classes; none unless set.
        case namedNumbers(ClosedRange<Double>)
    }

    public struct NumberRule: Sendable, Hashable {
        /// `nil`: stays unset.
        public let `default`: Double?
        public let range: ClosedRange<Double>
        public var isWhole = false

        var text: String { (isWhole ? "a whole number from " : "a number from ") + range.text }
    }

    /// As it is written in recipes, such as "beyond_pi".
    public let key: String
    public let meaning: String
    public let kind: Kind
    /// The default as text, with the words it depends on.
    public let defaultText: String

    static func number(_ key: String, _ value: Double, _ range: ClosedRange<Double>, _ meaning: String) -> Self {
        let rule = NumberRule(default: value, range: range)
        return Self(
            key: key, meaning: meaning, kind: .number { _ in rule }, defaultText: "\(HeadParameterValue.number(value))")
    }

    static func count(_ key: String, _ value: Int, _ range: ClosedRange<Int>, _ meaning: String) -> Self {
        let rule = NumberRule(
            default: Double(value), range: Double(range.lowerBound)...Double(range.upperBound), isWhole: true)
        return Self(key: key, meaning: meaning, kind: .number { _ in rule }, defaultText: "\(value)")
    }

    static func unset(_ key: String, _ text: String, _ range: ClosedRange<Double>, _ meaning: String) -> Self {
        let rule = NumberRule(default: nil, range: range)
        return Self(key: key, meaning: meaning, kind: .number { _ in rule }, defaultText: text)
    }

    static func number(
        _ key: String, _ defaultText: String, _ meaning: String,
        rule: @escaping @Sendable (HeadArguments) -> NumberRule?
    ) -> Self {
        Self(key: key, meaning: meaning, kind: .number(rule), defaultText: defaultText)
    }

    static func word(_ key: String, _ value: String, _ options: [String], _ meaning: String) -> Self {
        Self(key: key, meaning: meaning, kind: .word(options: options, default: value), defaultText: value)
    }

    static func flag(_ key: String, _ value: Bool, _ meaning: String) -> Self {
        Self(key: key, meaning: meaning, kind: .flag(default: value), defaultText: "\(value)")
    }

    static func names(_ key: String, _ meaning: String) -> Self {
        Self(key: key, meaning: meaning, kind: .names, defaultText: "none")
    }

    static func namedNumbers(_ key: String, _ range: ClosedRange<Double>, _ meaning: String) -> Self {
        Self(key: key, meaning: meaning, kind: .namedNumbers(range), defaultText: "none")
    }

    /// What it may be, under choices of words: "0 to 3.14", "v0, v1 or v2", "true or false"; `nil`
    /// where it does not apply.
    public func allowed(with arguments: HeadArguments) -> String? {
        switch kind {
        case .number(let rule): rule(arguments).map { $0.range.text }
        case .word(let options, _): options.alternatives
        case .flag: "true or false"
        case .names: "names of classes"
        case .namedNumbers(let range): "\(range.text), by class"
        }
    }
}

extension ClosedRange<Double> {
    var text: String {
        let upper = upperBound == .pi ? "π" : "\(HeadParameterValue.number(upperBound))"
        return "\(HeadParameterValue.number(lowerBound)) to \(upper)"
    }
}

extension [String] {
    /// "a, b or c".
    var alternatives: String {
        count < 2 ? joined() : dropLast().joined(separator: ", ") + " or " + self[count - 1]
    }
}
