/// What a recipe or a command line gives for a key of a preset.
public enum HeadParameterValue: Sendable, Hashable {
    case number(Double)
    case word(String)
    case flag(Bool)

    /// Reads "0.5", "true" or "v1".
    public init(parsing text: String) {
        switch (text, Double(text)) {
        case ("true", _): self = .flag(true)
        case ("false", _): self = .flag(false)
        case (_, let number?): self = .number(number)
        default: self = .word(text)
        }
    }
}

extension HeadParameterValue: CustomStringConvertible {
    public var description: String {
        switch self {
        case .number(let number):
            abs(number) < 1e15 && number == number.rounded() ? "\(Int(number))" : "\(number)"
        case .word(let word): word
        case .flag(let flag): "\(flag)"
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
