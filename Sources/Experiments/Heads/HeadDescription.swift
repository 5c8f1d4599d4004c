import AngularMargin

/// Everything about a preset, as `margin head --list` shows it.
public struct HeadDescription: Encodable, Sendable {
    public struct Parameter: Encodable, Sendable {
        public let key: String
        public let standard: String
        public let range: String
        public let meaning: String

        enum CodingKeys: String, CodingKey {
            case key, range, meaning
            case standard = "default"
        }
    }

    public let name: String
    public let title: String
    public let equation: String
    public let source: String
    /// Its own keys.
    public let parameters: [Parameter]
    /// The keys of axes that it leaves open.
    public let openParameters: [Parameter]

    enum CodingKeys: String, CodingKey {
        case name, title, equation, source, parameters
        case openParameters = "open_parameters"
    }

    public init(_ preset: HeadPreset) throws {
        name = preset.name
        title = preset.title
        equation = preset.equation
        source = preset.source
        parameters = try preset.ownParameters.map { try Parameter($0, of: preset) }
        openParameters = try preset.openParameters.map { try Parameter($0, of: preset) }
    }

    /// - Throws: ``/AngularMargin/HeadPresetError`` that names the nearest known preset.
    public init(named name: String) throws { try self.init(HeadPreset.named(name)) }

    /// Every preset.
    public static func all() throws -> [HeadDescription] { try HeadPreset.all.map(HeadDescription.init) }
}

extension HeadDescription.Parameter {
    fileprivate init(_ parameter: HeadParameter, of preset: HeadPreset) throws {
        key = parameter.key
        standard = parameter.defaultText
        meaning = parameter.meaning
        // The range may depend on a word: every word is tried once.
        var ranges: [String] = []
        for choice in [[:]] + preset.choices {
            guard let range = parameter.allowed(with: try preset.arguments(choice)) else { continue }
            if !ranges.contains(range) { ranges.append(range) }
        }
        range = ranges.joined(separator: "; ")
    }
}

extension HeadPreset {
    /// Each word of each key, alone.
    fileprivate var choices: [[String: HeadParameterValue]] {
        parameters.flatMap { parameter -> [[String: HeadParameterValue]] in
            guard case .word(let options, _) = parameter.kind else { return [] }
            return options.map { [parameter.key: .word($0)] }
        }
    }
}
