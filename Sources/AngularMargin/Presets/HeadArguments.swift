/// The values of all keys of a preset, checked and completed by defaults.
public struct HeadArguments: Sendable, Hashable {
    public private(set) var values: [String: HeadParameterValue] = [:]

    /// - Throws: ``HeadPresetError`` for keys and values that the parameters do not have.
    init(_ given: [String: HeadParameterValue], parameters: [HeadParameter], preset: String) throws {
        for key in given.keys.sorted() where !parameters.contains(where: { $0.key == key }) {
            throw HeadPresetError.unknownKey(preset: preset, key: key, known: parameters.map(\.key))
        }
        // Words first: the rules of numbers depend on them.
        for parameter in parameters {
            values[parameter.key] = try HeadArguments.choice(parameter, given[parameter.key])
        }
        let choices = self
        for parameter in parameters {
            guard case .number(let rule) = parameter.kind else { continue }
            values[parameter.key] = try HeadArguments.number(
                parameter.key, given[parameter.key], rule: rule(choices), choices: choices)
        }
    }

    private static func choice(
        _ parameter: HeadParameter, _ given: HeadParameterValue?
    ) throws -> HeadParameterValue? {
        switch (parameter.kind, given) {
        case (.number, _): return nil
        case (.word(_, let value), nil): return .word(value)
        case (.flag(let value), nil): return .flag(value)
        case (.flag, .flag): return given
        case (.word(let options, _), let value?) where options.contains(value.description):
            return .word(value.description)
        case (.word(let options, _), let value?):
            throw HeadPresetError.wrongValue(key: parameter.key, value: value, expected: options.alternatives)
        case (.flag, let value?):
            throw HeadPresetError.wrongValue(key: parameter.key, value: value, expected: "true or false")
        }
    }

    private static func number(
        _ key: String, _ given: HeadParameterValue?, rule: HeadParameter.NumberRule?, choices: HeadArguments
    ) throws -> HeadParameterValue? {
        guard let rule else {
            guard given != nil else { return nil }
            throw HeadPresetError.notApplicable(key: key, choices: choices.text)
        }
        guard let given else { return rule.default.map { .number($0) } }
        guard case .number(let number) = given, rule.range.contains(number) else {
            throw HeadPresetError.wrongValue(key: key, value: given, expected: "a number from " + rule.range.text)
        }
        return given
    }

    private var text: String {
        values.keys.sorted().compactMap { key in values[key].map { "\(key)=\($0)" } }.joined(separator: " ")
    }

    /// A number that is set or has a default. Asking for another one is a programmer's mistake.
    public func number(_ key: String) -> Double {
        guard let number = optionalNumber(key) else { preconditionFailure("\(key) has no value") }
        return number
    }

    /// `nil` where it is neither set nor has a default, or does not apply.
    public func optionalNumber(_ key: String) -> Double? {
        if case .number(let number) = values[key] { number } else { nil }
    }

    public func word(_ key: String) -> String {
        guard case .word(let word) = values[key] else { preconditionFailure("\(key) is not a word") }
        return word
    }

    public func flag(_ key: String) -> Bool {
        guard case .flag(let flag) = values[key] else { preconditionFailure("\(key) is not a flag") }
        return flag
    }
}
