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
        func refused(_ value: HeadParameterValue, _ expected: String) -> HeadPresetError {
            .wrongValue(key: parameter.key, value: value, expected: expected)
        }
        switch (parameter.kind, given) {
        case (.number, _), (.names, nil), (.namedNumbers, nil): return nil
        case (.word(_, let value), nil): return .word(value)
        case (.flag(let value), nil): return .flag(value)
        case (.flag, .flag): return given
        case (.flag, let value?): throw refused(value, "true or false")
        case (.word(let options, _), let value?):
            guard options.contains(value.description) else { throw refused(value, options.alternatives) }
            return .word(value.description)
        case (.names, let value?):
            guard let names = value.names else { throw refused(value, "a list of classes") }
            return .words(names)
        case (.namedNumbers(let range), let value?):
            guard let numbers = value.namedNumbers, numbers.values.allSatisfy(range.contains) else {
                throw refused(value, "class:number, with numbers from \(range.text),")
            }
            return .numbers(numbers)
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
        guard case .number(let number) = given, rule.range.contains(number),
            !rule.isWhole || number == number.rounded()
        else {
            throw HeadPresetError.wrongValue(key: key, value: given, expected: rule.text)
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

    /// Whether the preset has the key.
    func has(_ key: String) -> Bool { values[key] != nil }

    public func count(_ key: String) -> Int { Int(number(key)) }

    /// `nil` where none are set.
    public func names(_ key: String) -> [String]? {
        if case .words(let names) = values[key] { names } else { nil }
    }

    /// Empty where none are set.
    public func namedNumbers(_ key: String) -> [String: Double] {
        if case .numbers(let numbers) = values[key] { numbers } else { [:] }
    }
}
