import Suggestions

/// Why a preset cannot be found or made.
public enum HeadPresetError: Error, Equatable, CustomStringConvertible {
    case unknownPreset(name: String, known: [String])
    case unknownKey(preset: String, key: String, known: [String])
    case wrongValue(key: String, value: HeadParameterValue, expected: String)
    case notApplicable(key: String, choices: String)

    public var description: String {
        switch self {
        case .unknownPreset(let name, let known):
            "there is no head “\(name)”; " + suggestion(name, known, otherwise: "the heads are")
        case .unknownKey(let preset, let key, let known):
            "the head \(preset) has no key “\(key)”; " + suggestion(key, known, otherwise: "its keys are")
        case .wrongValue(let key, let value, let expected):
            "\(key) is \(value) where \(expected) is wanted"
        case .notApplicable(let key, let choices):
            "\(key) has no meaning with \(choices); leave it out"
        }
    }

    private func suggestion(_ word: String, _ known: [String], otherwise: String) -> String {
        guard let meant = nearest(word, among: known) else {
            return otherwise + " " + known.joined(separator: ", ")
        }
        return "did you mean “\(meant)”?"
    }
}
