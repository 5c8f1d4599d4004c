/// What a recipe or a command line gives for a key of a preset.
public enum HeadParameterValue: Sendable, Hashable {
    case number(Double)
    case word(String)
    case flag(Bool)
    /// Names, such as those of classes.
    case words([String])
    /// A number for each of some names.
    case numbers([String: Double])

    /// Reads "0.5", "true" or "v1"; "007" is a name. Lists and numbers by name ("stop,yield" and "stop:0.2,yield:0.1") are told
    /// from words by the key they are given for.
    public init(parsing text: String) {
        switch (text, Double(text)) {
        case ("true", _): self = .flag(true)
        case ("false", _): self = .flag(false)
        case (_, let number?) where !Self.isPadded(text): self = .number(number)
        default: self = .word(text)
        }
    }

    /// Whether digits begin with a 0 that numbers are not written with, as names of folders are.
    private static func isPadded(_ text: String) -> Bool {
        text.count > 1 && text.hasPrefix("0") && text.allSatisfy(\.isNumber)
    }

    /// As names, where it can be read so.
    var names: [String]? {
        switch self {
        case .words(let words): words
        case .word(let text): text.isEmpty ? nil : text.split(separator: ",").map(String.init)
        case .number: [description]
        case .flag, .numbers: nil
        }
    }

    /// As numbers by name, where it can be read so.
    var namedNumbers: [String: Double]? {
        if case .numbers(let numbers) = self { return numbers }
        guard let names else { return nil }
        var numbers: [String: Double] = [:]
        for name in names {
            // A name may have colons of its own.
            guard let colon = name.lastIndex(of: ":"), let number = Double(name[name.index(after: colon)...]) else {
                return nil
            }
            numbers[String(name[..<colon])] = number
        }
        return numbers
    }
}

extension HeadParameterValue: CustomStringConvertible {
    public var description: String {
        switch self {
        case .number(let number):
            abs(number) < 1e15 && number == number.rounded() ? "\(Int(number))" : "\(number)"
        case .word(let word): word
        case .flag(let flag): "\(flag)"
        case .words(let words): words.joined(separator: ",")
        case .numbers(let numbers):
            numbers.sorted { $0.key < $1.key }.map { "\($0.key):\(HeadParameterValue.number($0.value))" }
                .joined(separator: ",")
        }
    }
}

extension HeadParameterValue: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByStringLiteral, ExpressibleByBooleanLiteral
{
    public init(floatLiteral value: Double) { self = .number(value) }
    public init(integerLiteral value: Int) { self = .number(Double(value)) }
    public init(stringLiteral value: String) { self = .word(value) }
    public init(booleanLiteral value: Bool) { self = .flag(value) }
}
