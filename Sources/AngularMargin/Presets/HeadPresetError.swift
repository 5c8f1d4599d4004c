import Suggestions

/// Why a preset cannot be found or made.
public enum HeadPresetError: Error, Equatable, CustomStringConvertible {
    case unknownPreset(name: String, known: [String])
    case unknownKey(preset: String, key: String, known: [String])
    case wrongValue(key: String, value: HeadParameterValue, expected: String)
    case notApplicable(key: String, choices: String)
    case missing(key: String, wanted: String)
    case unknownClass(key: String, name: String, known: [String])
    case classesUnknown(key: String)
    case combination(preset: String, reason: String)

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
        case .missing(let key, let wanted):
            "\(key) is missing: \(wanted)"
        case .unknownClass(let key, let name, let known):
            "\(key) names “\(name)”, which is no class; " + suggestion(name, known, otherwise: "the classes are")
        case .classesUnknown(let key):
            "\(key) goes by the names of classes, and there are none here"
        case .combination(let preset, let reason):
            "the head \(preset) cannot be made so: \(reason)"
        }
    }

    private func suggestion(_ word: String, _ known: [String], otherwise: String) -> String {
        guard let meant = nearest(word, among: known) else {
            return otherwise + " " + known.joined(separator: ", ")
        }
        return "did you mean “\(meant)”?"
    }
}
