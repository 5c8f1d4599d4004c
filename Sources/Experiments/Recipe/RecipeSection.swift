import Suggestions
import Yams

/// One section of a recipe, read key by key.
///
/// Each key that is read becomes known, with its default, and is written to the resolved recipe.
/// ``finish()`` refuses the keys that nobody read, naming the nearest known one.
public final class RecipeSection {
    let file: String
    /// The section's own key with those above it; empty for the whole recipe.
    let path: String
    private let node: Node.Mapping
    private var known: [String] = []
    private(set) var resolved: [(key: String, value: Node)] = []
    private var parts: [RecipeSection] = []

    init(file: String, path: String, node: Node.Mapping) {
        self.file = file
        self.path = path
        self.node = node
    }

    /// A section within this one; empty when the recipe does not have it.
    public func section(_ key: String) throws -> RecipeSection {
        let child = node[key]
        guard let mapping = child?.mapping ?? (child == nil || child?.null != nil ? [:] : nil) else {
            throw error(key, "is a section: its keys stand below it, indented")
        }
        let part = RecipeSection(file: file, path: fullKey(key), node: mapping)
        known.append(key)
        parts.append(part)
        return part
    }

    /// Whether the recipe gives this key.
    public func has(_ key: String) -> Bool {
        node[key].map { $0.null == nil } ?? false
    }

    /// The keys that the recipe gives a value, in its order, for sections whose keys belong to somebody else.
    public var givenKeys: [String] { node.keys.compactMap(\.string).filter(has) }

    /// A value that may be left out.
    public func optional<Value: RecipeValue>(_ key: String, as type: Value.Type = Value.self) throws -> Value? {
        known.append(key)
        guard let child = node[key], child.null == nil else { return nil }
        guard let value = Value(recipe: child) else {
            throw error(key, "must be \(Value.kind), not “\(text(of: child))”")
        }
        resolved.append((key, value.node))
        return value
    }

    /// A value without making its key known.
    func peek<Value: RecipeValue>(_ key: String, as type: Value.Type) throws -> Value {
        guard let value = node[key].flatMap({ Value(recipe: $0) }) else { throw error(key, "is not \(Value.kind)") }
        return value
    }

    /// A value with a default.
    public func value<Value: RecipeValue>(_ key: String, default standard: Value) throws -> Value {
        if let value = try optional(key, as: Value.self) { return value }
        resolved.append((key, standard.node))
        return standard
    }

    /// A value that must be given.
    public func required<Value: RecipeValue>(_ key: String, as type: Value.Type = Value.self) throws -> Value {
        guard let value = try optional(key, as: Value.self) else {
            throw error(key, "is missing; give \(Value.kind)")
        }
        return value
    }

    /// A number in a range.
    public func value<Value: RecipeValue & Comparable>(
        _ key: String, default standard: Value, in range: some RangeExpression<Value>, _ wanted: String
    ) throws -> Value {
        let value = try optional(key, in: range, wanted)
        if value == nil { resolved.append((key, standard.node)) }
        return value ?? standard
    }

    /// A number in a range that may be left out.
    public func optional<Value: RecipeValue & Comparable>(
        _ key: String, in range: some RangeExpression<Value>, _ wanted: String
    ) throws -> Value? {
        guard let value = try optional(key, as: Value.self) else { return nil }
        guard range.contains(value) else {
            throw error(key, "must be \(wanted), not \(value.node.scalar?.string ?? "")")
        }
        return value
    }

    /// One of a few words.
    public func choice<Choice: RawRepresentable & CaseIterable>(
        _ key: String, default standard: Choice
    ) throws -> Choice where Choice.RawValue == String {
        try chosen(key, value(key, default: standard.rawValue))
    }

    /// One of a few words that may be left out.
    public func optionalChoice<Choice: RawRepresentable & CaseIterable>(_ key: String) throws -> Choice?
    where Choice.RawValue == String {
        try optional(key, as: String.self).map { try chosen(key, $0) }
    }

    private func chosen<Choice: RawRepresentable & CaseIterable>(_ key: String, _ word: String) throws -> Choice
    where Choice.RawValue == String {
        if let choice = Choice(rawValue: word) { return choice }
        let words = Choice.allCases.map(\.rawValue)
        let hint = nearest(word, among: words).map { " (did you mean \($0)?)" } ?? ""
        throw error(key, "must be one of \(words.joined(separator: ", ")), not “\(word)”\(hint)")
    }

    /// Refuses keys that mean nothing beside what another key says.
    ///
    /// - Parameter choice: that other key with its value, such as “optimizer: sgd”.
    func refuse(_ keys: [String], with choice: String) throws {
        for key in keys where has(key) {
            throw error(key, "has no meaning with \(choice); leave it out")
        }
    }

    /// Refuses keys that were not read, here and in the sections below.
    public func finish() throws {
        for key in givenKeys where !known.contains(key) {
            let hint =
                nearest(key, among: known).map { "did you mean \($0)?" }
                ?? "known here: \(known.sorted().joined(separator: ", "))"
            throw error(key, "is no key here; \(hint)")
        }
        try parts.forEach { try $0.finish() }
    }

    /// An error about one key of this section.
    public func error(_ key: String, _ message: String) -> RecipeError {
        let line = node.first { $0.key.string == key }?.key.mark?.line
        return RecipeError(file: file, line: line == 0 ? nil : line, key: fullKey(key), message: message)
    }

    /// The section without the keys already read, for a type that decodes itself and checks the others.
    func decode<Value: Decodable>(_ type: Value.Type, adding defaults: [String: Node] = [:]) throws -> Value {
        var mapping = node
        for key in known { mapping[Node(key)] = nil }
        for (key, value) in defaults where mapping[key] == nil { mapping[Node(key)] = value }
        known += givenKeys
        return try YAMLDecoder().decode(type, from: Node.mapping(mapping))
    }

    /// Adds what a type that decodes itself says of itself to the resolved recipe.
    func resolve(_ node: Node) {
        for (key, value) in node.mapping ?? [:] { resolved.append((key.string ?? "", value)) }
    }

    /// What the resolved recipe says of a key instead of what was given.
    func replace(_ key: String, by value: some RecipeValue) {
        resolved = resolved.map { $0.key == key ? (key, value.node) : $0 }
    }

    /// The resolved section as YAML.
    func resolvedText() throws -> String {
        try Yams.serialize(node: resolvedNode, sortKeys: false)
    }

    /// What was read, defaults included, with the sections below.
    var resolvedNode: Node {
        var pairs = resolved.map { (Node($0.key), $0.value) }
        for part in parts where !part.resolved.isEmpty || !part.parts.isEmpty {
            let name = part.path.split(separator: ".").last.map(String.init) ?? part.path
            pairs.append((Node(name), part.resolvedNode))
        }
        return Node(pairs)
    }

    private func fullKey(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    private func text(of node: Node) -> String {
        if let sequence = node.sequence { return "[\(sequence.map(text).joined(separator: ", "))]" }
        if let mapping = node.mapping {
            return "{\(mapping.map { "\(text(of: $0.key)): \(text(of: $0.value))" }.joined(separator: ", "))}"
        }
        return node.string ?? ""
    }
}
