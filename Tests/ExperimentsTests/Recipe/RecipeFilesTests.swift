import Experiments
import Foundation
import Testing

/// The recipes that come with the package.
@Suite struct RecipeFilesTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Recipes")

    static let files = (FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? [])
        .filter { $0.hasSuffix(".yaml") }.sorted()

    @Test func thereAreRecipes() {
        #expect(Self.files.contains("digits.yaml") && Self.files.contains("gtsrb32-full.yaml"))
    }

    @Test(arguments: files)
    func everyRecipeIsRead(_ file: String) throws {
        let recipe = try Recipe(RecipeDocument(path: Self.folder.appending(path: file).path))
        #expect(!recipe.name.isEmpty)
    }

    @Test(arguments: ["gtsrb32", "cifar10"])
    func smallAndFullOnesShareTheirData(_ name: String) throws {
        func recipe(_ name: String) throws -> Recipe {
            try Recipe(RecipeDocument(path: Self.folder.appending(path: "\(name).yaml").path))
        }
        let (small, full) = (try recipe(name), try recipe("\(name)-full"))
        #expect(small.task == .classification && full.task == .classification)
        // The same data, whatever the network.
        #expect(small.data.path == full.data.path && small.data.fold == full.data.fold)
        #expect(full.training.epochs == 300 && full.training.learningRate == 0.001)
    }
}
