import Datasets
import Experiments
import Foundation
import TestSupport

/// A temporary folder with toy pictures, in which experiments are run.
struct Workplace {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try ToyRecipe.writePeople(to: folder)
    }

    var roots: DataRoots { DataRoots(candidates: [.init(folder: folder.path, origin: "test")]) }
    var runs: String { folder("runs") }

    func recipe(_ text: String = ToyRecipe.text, _ settings: String...) throws -> Recipe {
        try recipe(settings, of: text)
    }

    func recipe(_ settings: [String], of text: String = ToyRecipe.text) throws -> Recipe {
        let file = try folder.write("recipe.yaml", text)
        return try Recipe(RecipeDocument(path: file, settings: settings.map(RecipeDocument.Setting.init)))
    }

    @discardableResult
    func train(_ recipe: Recipe, _ earlier: TrainingExperiment.EarlierRun = .refuse) throws -> RunFolder {
        try TrainingExperiment(recipe, roots: roots, runs: runs, earlier: earlier).run { _ in }.folder
    }

    /// All files of a run with their content, the lock and the log apart.
    func contents(of run: String) -> [String: [UInt8]] {
        let names = (FileManager.default.enumerator(atPath: folder("runs/\(run)"))?.compactMap { $0 as? String } ?? [])
            .filter { !$0.hasSuffix(".lock") && !$0.hasSuffix("log.jsonl") }
        return names.reduce(into: [:]) { files, name in
            files[name] = FileManager.default.contents(atPath: folder("runs/\(run)/\(name)")).map { [UInt8]($0) } ?? []
        }
    }
}
