import ArgumentParser
import Experiments

struct Estimate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say how much memory and time training by a recipe will take, without training.",
        discussion: """
            Measures a few steps of the network with a few of the classes, and a few of the head, and computes what \
            the rest adds. Nothing is written.

            EXAMPLES:
              margin estimate Recipes/digits.yaml
              margin estimate my.yaml --set data.format=synthetic data.identities=1000000 --json
            """)

    @Argument(help: "The recipe, a YAML file.")
    var recipe: String

    @OptionGroup var changes: RecipeOptions
    @OptionGroup var data: DataOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let line = ProgressLine()
        let estimate = try RecipeEstimate(
            Recipe(RecipeDocument(path: recipe, settings: changes.settings())), roots: data.roots,
            progress: { line.show("measuring: \($0.rawValue)") })
        line.clear()
        if output.json {
            try Output.json(estimate)
        } else {
            print(EstimateText(estimate).text)
        }
    }
}
