import Networks
import Yams

extension NetworkDescription {
    /// The section `network`; its input is what the pictures are made into.
    init(_ section: RecipeSection, input: [Int]) throws {
        guard !section.has("input") else {
            throw section.error("input", "follows from pictures.size and pictures.color; leave it out")
        }
        do {
            self = try section.decode(
                NetworkDescription.self, adding: ["name": Node("sfnet-20"), "input": input.node])
        } catch let error as NetworkSettingError {
            throw section.error(error.key, error.value.map { "\($0) \(error.reason)" } ?? error.reason)
        }
        var node = try Yams.compose(yaml: YAMLEncoder().encode(self)) ?? [:]
        // The input is said once, by the section `pictures`.
        if case .mapping(var mapping) = node {
            mapping[Node("input")] = nil
            node = .mapping(mapping)
        }
        section.resolve(node)
    }
}
