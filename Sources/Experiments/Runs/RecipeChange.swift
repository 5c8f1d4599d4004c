import Foundation
import Yams

/// What a recipe says otherwise than the one that a run was begun with.
///
/// A run that goes on by another recipe is neither the one nor the other. Only what cannot change its numbers
/// may differ, and the number of epochs may grow: a run is then extended, and its schedule, which is made of
/// fractions of the whole, is the longer run's from there on.
struct RecipeChange {
    let key: String
    /// What the run was begun with; `nil` where the key was absent.
    let before: String?
    let now: String?

    /// Keys, and sections with a full stop at the end, that may change.
    ///
    /// Where the data lie is free, since what they are is compared by itself.
    private static let free = [
        "name", "data.path", "training.workers", "training.checkpoint_every", "training.patience", "evaluation.sets",
        "evaluation.false_accept_rates", "evaluation.threshold_rates", "evaluation.by", "evaluation.draws",
        "evaluation.one_shot", "evaluation.top",
    ]
    private static let growing = "training.epochs"
    /// Files that are recognised by their content may lie elsewhere now.
    private static let movable = "network.init"

    /// The changes that matter between two resolved recipes.
    static func between(_ before: String, _ now: String) throws -> [RecipeChange] {
        let before = try leaves(of: before)
        let now = try leaves(of: now)
        return Set(before.keys).union(now.keys).sorted().compactMap { key in
            guard before[key] != now[key], !free.contains(key) else { return nil }
            if key == movable, before[key] != nil, now[key] != nil { return nil }
            if key == growing, let old = before[key].flatMap({ Int($0) }), let new = now[key].flatMap({ Int($0) }),
                new > old
            {
                return nil
            }
            return RecipeChange(key: key, before: before[key], now: now[key])
        }
    }

    private static func leaves(of recipe: String) throws -> [String: String] {
        leaves(of: try Yams.compose(yaml: recipe) ?? [:])
    }

    /// The values of a recipe by their full keys.
    static func leaves(of recipe: Node) -> [String: String] {
        var found: [String: String] = [:]
        func visit(_ node: Node, _ path: String) {
            guard let mapping = node.mapping else {
                found[path] = text(of: node)
                return
            }
            for (key, value) in mapping {
                visit(value, path.isEmpty ? key.string ?? "" : "\(path).\(key.string ?? "")")
            }
        }
        visit(recipe, "")
        return found
    }

    private static func text(of node: Node) -> String {
        if let sequence = node.sequence { return "[" + sequence.map(text).joined(separator: ", ") + "]" }
        return node.scalar?.string ?? ""
    }
}

extension RunFolder {
    /// Refuses to go on by a recipe that changes the run.
    ///
    /// - Throws: ``RunFolderError`` that names every key that was changed.
    func checkUnchanged(_ recipe: Recipe) throws {
        guard FileManager.default.fileExists(atPath: self.recipe) else { return }
        let begun = try Recipe(RecipeDocument(path: self.recipe))
        let changes = try RecipeChange.between(begun.resolved, recipe.resolved)
        guard !changes.isEmpty else { return }
        let list = changes.map { change in
            "\(change.key) is \(change.now ?? "not given") and was \(change.before ?? "not given")"
        }
        throw RunFolderError(
            path: path,
            message: "was begun with another recipe: \(list.joined(separator: "; ")). Go on with the recipe it was "
                + "begun with, which is \(self.recipe) (training.epochs may grow), or begin a run of another name with "
                + "--set name=…")
    }
}
