import AngularMargin

/// One of the things compared: what it changes in the recipe, under a name made of that.
///
/// ```
/// arcface                                  a head at its preset's defaults
/// arcface:m=0.3                            with a parameter of its own
/// sphereface-r:variant=v0/v1,norm=soft     two systems, one for each variant
/// ```
public struct ComparedSystem: Sendable, Hashable {
    /// Such as `sphereface-r variant=v1 norm=soft`, followed by the values of other axes.
    public let name: String
    /// `key=value` for the recipe, in the order in which they apply.
    public let settings: [String]

    /// The recipe as it is.
    static let recipe = ComparedSystem(name: "recipe", settings: [])

    /// All combinations of heads and of the values of other keys.
    ///
    /// - Parameters:
    ///   - heads: such as `softmax,sphereface2:variant=C/A,lw=10`: a comma begins another head, unless
    ///     what follows is `key=value`. Empty leaves the recipe's head.
    ///   - axes: each `key=value,value,…`, any key of a recipe.
    /// - Throws: ``ComparisonError`` or ``/AngularMargin/HeadPresetError``.
    public static func all(heads: String, axes: [String]) throws -> [ComparedSystem] {
        var systems = heads.isEmpty ? [recipe] : try self.heads(heads)
        for axis in axes {
            let (key, values) = try self.axis(axis)
            systems = systems.flatMap { system in
                values.map { value in
                    ComparedSystem(
                        name: system == recipe ? "\(key)=\(value)" : "\(system.name) \(key)=\(value)",
                        settings: system.settings + ["\(key)=\(value)"])
                }
            }
        }
        if let twice = systems.first(where: { system in systems.count { $0.name == system.name } > 1 }) {
            throw ComparisonError("“\(twice.name)” is named twice; every system must be another")
        }
        return systems
    }

    /// The key and the values of an axis.
    static func axis(_ text: String) throws -> (key: String, values: [String]) {
        let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
        let values = parts.count == 2 ? pieces(of: parts[1]) : []
        guard values.count > 1, !values.contains("") else {
            throw ComparisonError(
                "--axis \(text): write key=value,value,… with two values at least, such as head.m=0.2,0.4")
        }
        return (parts[0], values)
    }

    private static func heads(_ text: String) throws -> [ComparedSystem] {
        var written: [[String]] = []
        for piece in pieces(of: text) {
            let isSetting = piece.firstIndex(of: "=").map { !piece[..<$0].contains(":") } ?? false
            if !isSetting {
                written.append(piece.split(separator: ":", maxSplits: 1).map(String.init))
            } else if written.isEmpty {
                throw ComparisonError("--heads \(text): a head's name comes first, such as arcface:\(piece)")
            } else {
                written[written.count - 1].append(piece)
            }
        }
        return try written.flatMap(variants)
    }

    /// One head, or one for every combination of the alternatives in its settings.
    private static func variants(of written: [String]) throws -> [ComparedSystem] {
        guard let name = written.first, !name.isEmpty else {
            throw ComparisonError("--heads names no head between two commas")
        }
        _ = try HeadPreset.named(name)
        var combinations: [[(key: String, value: String)]] = [[]]
        for setting in written.dropFirst() {
            let parts = setting.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2 else {
                throw ComparisonError("--heads \(name):\(setting): write key=value, or key=value/value for several")
            }
            let alternatives = parts[1].split(separator: "/").map { (parts[0], String($0)) }
            guard !alternatives.isEmpty else {
                throw ComparisonError("--heads \(name):\(setting): names no value of \(parts[0])")
            }
            combinations = combinations.flatMap { begun in alternatives.map { begun + [$0] } }
        }
        return combinations.map { combination in
            let values = combination.map { "\($0.key): \($0.value)" }
            return ComparedSystem(
                name: ([name] + combination.map { "\($0.key)=\($0.value)" }).joined(separator: " "),
                settings: ["head={\((["name: \(name)"] + values).joined(separator: ", "))}"])
        }
    }

    /// The parts between commas that stand in no brackets.
    private static func pieces(of text: String) -> [String] {
        var pieces = [""]
        var depth = 0
        for character in text {
            if "[{".contains(character) { depth += 1 }
            if "]}".contains(character) { depth -= 1 }
            if character == ",", depth == 0 { pieces.append("") } else { pieces[pieces.count - 1].append(character) }
        }
        return pieces
    }
}
