import Yams

/// What can stand behind a key of a recipe.
public protocol RecipeValue: Sendable {
    /// What is wanted, in a message: "a whole number".
    static var kind: String { get }
    init?(recipe node: Node)
    var node: Node { get }
}

extension Int: RecipeValue {
    public static var kind: String { "a whole number" }
    public init?(recipe node: Node) {
        guard let value = node.int else { return nil }
        self = value
    }
    public var node: Node { Node("\(self)") }
}

extension Double: RecipeValue {
    public static var kind: String { "a number" }
    public init?(recipe node: Node) {
        guard let value = node.float, value.isFinite else { return nil }
        self = value
    }
    public var node: Node { Node(self == rounded() && abs(self) < 1e15 ? "\(Int(self))" : "\(self)") }
}

extension Bool: RecipeValue {
    public static var kind: String { "true or false" }
    public init?(recipe node: Node) {
        guard let value = node.bool else { return nil }
        self = value
    }
    public var node: Node { Node("\(self)") }
}

extension String: RecipeValue {
    public static var kind: String { "a word or text" }
    public init?(recipe node: Node) {
        guard let value = node.scalar?.string else { return nil }
        self = value
    }
    public var node: Node { Node(self) }
}

/// A section whose keys are data, such as names of classes.
extension Dictionary: RecipeValue where Key == String, Value: RecipeValue {
    public static var kind: String { "a section of names, each with \(Value.kind)" }
    public init?(recipe node: Node) {
        guard let mapping = node.mapping else { return nil }
        self = [:]
        for (key, value) in mapping {
            guard let name = key.scalar?.string, let value = Value(recipe: value) else { return nil }
            self[name] = value
        }
    }
    public var node: Node {
        Node(keys.sorted().compactMap { key in self[key].map { (Node(key), $0.node) } }, Tag(.implicit), .flow)
    }
}

/// A list. One value alone counts as a list of one.
extension Array: RecipeValue where Element: RecipeValue {
    public static var kind: String { "a list, each \(Element.kind)" }
    public init?(recipe node: Node) {
        if let sequence = node.sequence {
            let values = sequence.compactMap { Element(recipe: $0) }
            guard values.count == sequence.count else { return nil }
            self = values
        } else {
            guard let value = Element(recipe: node) else { return nil }
            self = [value]
        }
    }
    public var node: Node {
        Node(map(\.node), Tag(.implicit), .flow)
    }
}
