import Foundation
import Yams

/// A recipe file as it was written, with what the command line changed in it.
public struct RecipeDocument: Sendable {
    /// The file's path, for messages.
    public let file: String
    private let text: String
    private let settings: [Setting]

    /// One `--set key=value`.
    public struct Setting: Sendable, Equatable {
        public let key: [String]
        public let value: String

        /// A text as the value, whatever letters it has.
        public init(key: [String], text: String) {
            self.key = key
            value = Self.quoted(text)
        }

        /// A text as a value in YAML, whatever letters it has.
        static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "''") + "'" }

        /// A file that the command line names: it is looked for here first, as on any command line, and then where the
        /// recipe is.
        public init(key: [String], file: String) {
            let isHere = FileManager.default.fileExists(atPath: file)
            self.init(key: key, text: isHere ? URL(fileURLWithPath: file).standardizedFileURL.path : file)
        }

        /// As it is written on a command line, key=value.
        var written: String { "\(key.joined(separator: "."))=\(value)" }

        /// Reads "training.epochs=5".
        public init(_ text: String) throws {
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let key = parts[0].split(separator: ".", omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, !key.contains("") else {
                throw RecipeError(
                    file: "--set \(text)", key: "", message: "write key=value, such as training.epochs=5")
            }
            self.key = key
            value = String(parts[1])
        }
    }

    /// - Throws: ``RecipeError`` when there is no such file.
    public init(path: String, settings: [Setting] = []) throws {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw RecipeError(
                file: path, key: "",
                message: FileManager.default.fileExists(atPath: path)
                    ? "cannot be read as a file; a recipe is a YAML file"
                    : "there is no recipe file of this name; see Recipes/ for examples")
        }
        guard let text = String(data: data, encoding: .utf8) else {
            throw RecipeError(file: path, key: "", message: "is not text in UTF-8; a recipe is a YAML file")
        }
        self.init(file: path, text: text, settings: settings)
    }

    public init(file: String, text: String, settings: [Setting] = []) {
        self.file = file
        self.text = text
        self.settings = settings
    }

    /// The whole recipe as a section to be read.
    func root() throws -> RecipeSection {
        RecipeSection(file: file, path: "", node: try node().mapping ?? [:])
    }

    /// What is written, with the settings in place.
    func node() throws -> Node {
        var node: Node
        do {
            node = try Yams.compose(yaml: text) ?? [:]
        } catch let error as YamlError {
            throw RecipeError(file: file, key: "", message: "this is not YAML: \(error)")
        }
        guard node.mapping != nil else {
            throw RecipeError(file: file, key: "", message: "a recipe is made of `key: value` lines")
        }
        for setting in settings { try apply(setting, to: &node) }
        return node
    }

    private func apply(_ setting: Setting, to node: inout Node) throws {
        let value: Node
        do {
            value = try Yams.compose(yaml: setting.value) ?? Node("")
        } catch let error as YamlError {
            throw RecipeError(
                file: "--set", key: setting.key.joined(separator: "."),
                message: "“\(setting.value)” is no value in YAML: \(error)")
        }
        try set(value, at: setting.key[...], in: &node, setting)
    }

    private func set(_ value: Node, at key: ArraySlice<String>, in node: inout Node, _ setting: Setting) throws {
        guard var mapping = node.mapping, let first = key.first else {
            throw RecipeError(
                file: "--set", key: setting.key.joined(separator: "."),
                message: "a part of this key is a value in the recipe, not a section")
        }
        if key.count == 1 {
            // The key node is made anew: a message about it must not point to the line it replaced.
            mapping[Node(first)] = nil
            mapping[Node(first)] = value
        } else {
            var child = mapping[Node(first)].flatMap { $0.null == nil ? $0 : nil } ?? [:]
            try set(value, at: key.dropFirst(), in: &child, setting)
            mapping[Node(first)] = child
        }
        node = .mapping(mapping)
    }
}
