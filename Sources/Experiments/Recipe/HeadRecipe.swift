import AngularMargin
import Yams

/// The section `head`: a preset by name and what is set of its parameters.
public struct HeadRecipe: Sendable {
    public let name: String
    /// The values as given; what is left out takes the preset's default.
    public let values: [String: HeadParameterValue]

    init(_ section: RecipeSection) throws {
        name = try section.value("name", default: "cosface")
        var values: [String: HeadParameterValue] = [:]
        for key in section.givenKeys where key != "name" {
            guard let text = try? section.required(key, as: String.self) else {
                throw section.error(key, "must be a number, a word, or true or false")
            }
            values[key] = HeadParameterValue(parsing: text)
        }
        self.values = values
        do {
            let arguments = try HeadPreset.named(name).arguments(values)
            for key in arguments.values.keys.sorted() where values[key] == nil {
                if let value = arguments.values[key] { section.resolve([Node(key): Node("\(value)")]) }
            }
        } catch let error as HeadPresetError {
            throw section.error(error.key ?? "name", error.description)
        }
    }

    /// The head, with its whole margin.
    public func head() throws -> Head { try HeadPreset.named(name).head(values) }

    /// The head in one line, such as "arcface m=0.5 s=64".
    public var summary: String {
        ([name] + values.keys.sorted().compactMap { key in values[key].map { "\(key)=\($0)" } }).joined(separator: " ")
    }
}

extension HeadPresetError {
    /// The key of the recipe that it is about.
    fileprivate var key: String? {
        switch self {
        case .unknownPreset: nil
        case .unknownKey(_, let key, _), .wrongValue(let key, _, _), .notApplicable(let key, _): key
        }
    }
}
