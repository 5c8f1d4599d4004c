import ArgumentParser
import Experiments
import Verification

struct Evaluate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure a trained model: EER and TAR@FAR with intervals.",
        discussion: """
            All pairs of pictures of each test set are scored. Intervals are 95 % and resample identities, not \
            pairs. With --against, the differences of two models on the same pairs and the same draws. Ends with a page, \
            report.html in the run folder: rates, curves, hardest pairs, the embedding.

            EXAMPLES:
              margin evaluate runs/digits
              margin evaluate runs/digits --against runs/digits-softmax
              margin evaluate runs/digits --json > digits.json
            """)

    @Argument(help: "A run folder, or the model folder within it.")
    var model: String

    @Option(help: "Another run to compare with, on the same pairs.")
    var against: String?

    @Option(help: "The recipe that says what to evaluate on, where the model has none beside it.")
    var recipe: String?

    @OptionGroup var changes: RecipeOptions
    @OptionGroup var data: DataOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let line = ProgressLine()
        let runs = try ([model] + (against.map { [$0] } ?? [])).map {
            try TrainedRun(path: $0, recipe: recipe, settings: changes.settings())
        }
        let evaluation = try ModelEvaluation(runs, roots: data.roots)
        let outcome = try evaluation.run { name, done, total in
            line.show("\(name): embedded", done, of: total)
        }
        line.clear()
        if let look = try evaluation.recordLook() { Output.note(look.sentence) }
        if output.json {
            try Output.json(outcome.comparison)
        } else {
            print(EvaluationTable(outcome.comparison).text)
        }
        if let page = try evaluation.keep(outcome) { Output.note("report: \(page)") }
    }
}
