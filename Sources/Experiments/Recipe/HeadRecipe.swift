import AngularMargin
import Yams

/// The section `head`: a preset by name and what is set of its parameters.
///
/// ```yaml
/// head: {name: camri, s: 16, classes: [stop]}
/// ```
public struct HeadRecipe: Sendable {
    public let name: String
    /// The values as given; what is left out takes the preset's default.
    public let values: [String: HeadParameterValue]
    /// The file it was read from, for messages.
    private let file: String

    init(_ section: RecipeSection) throws {
        name = try section.value("name", default: "cosface")
        file = section.file
        var values: [String: HeadParameterValue] = [:]
        for key in section.givenKeys where key != "name" { values[key] = try Self.value(of: key, in: section) }
        self.values = values
        do {
            let preset = try HeadPreset.named(name)
            let arguments = try preset.arguments(values)
            for key in arguments.values.keys.sorted() where values[key] == nil {
                if let value = arguments.values[key] { section.resolve([Node(key): Node("\(value)")]) }
            }
            // What contradicts itself is refused before any data are opened.
            try Self.checkTrainable(preset, values)
        } catch let error as HeadPresetError {
            throw section.error(error.key ?? "name", error.description)
        }
    }

    private static func value(of key: String, in section: RecipeSection) throws -> HeadParameterValue {
        if let numbers = try? section.required(key, as: [String: Double].self) { return .numbers(numbers) }
        if let text = try? section.required(key, as: String.self) { return HeadParameterValue(parsing: text) }
        if let words = try? section.required(key, as: [String].self) { return .words(words) }
        throw section.error(key, "must be a number, a word, true or false, a list of words, or numbers by name")
    }

    private static func checkTrainable(_ preset: HeadPreset, _ values: [String: HeadParameterValue]) throws {
        do {
            guard try preset.head(values).objective.kind == .contrastive else { return }
            throw HeadPresetError.combination(
                preset: preset.name,
                reason: "it compares two modalities of every sample, such as video and text, and these data have one")
        } catch HeadPresetError.classesUnknown {
            // Names of classes are looked up once the data are open.
        }
    }

    /// The head, with its whole margin.
    ///
    /// - Parameter classNames: in the order of their labels.
    /// - Throws: ``RecipeError`` for names that are none of them.
    public func head(classNames: [String]) throws -> Head {
        do {
            return try HeadPreset.named(name).head(values, for: HeadContext(classNames: classNames))
        } catch let error as HeadPresetError {
            throw RecipeError(file: file, key: "head.\(error.key ?? "name")", message: error.description)
        }
    }

    /// The head by its scale and margins alone, such as "arcface (s = 64, m = 0.5)".
    var brief: String {
        let shown = (try? HeadPreset.named(name).arguments(values).shown) ?? ""
        return shown.isEmpty ? name : "\(name) (\(shown))"
    }

    /// The head in one line, such as "arcface m=0.5 s=64".
    public var summary: String {
        ([name] + values.keys.sorted().compactMap { key in values[key].map { "\(key)=\($0)" } }).joined(separator: " ")
    }
}

extension HeadPresetError {
    /// The key of the recipe that it is about.
    fileprivate var key: String? {
        switch self {
        case .unknownPreset, .combination: nil
        case .unknownKey(_, let key, _), .wrongValue(let key, _, _), .notApplicable(let key, _),
            .missing(let key, _), .unknownClass(let key, _, _), .classesUnknown(let key):
            key
        }
    }
}
