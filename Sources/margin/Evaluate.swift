import ArgumentParser
import Experiments
import Verification

struct Evaluate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure a trained model: EER and TAR@FAR, or accuracy and recall of classes, with intervals.",
        discussion: """
            A verifier scores all pairs of pictures of each test set; intervals are 95 % and resample identities, not \
            pairs. A classifier (a recipe with task: classification) takes each picture for a class: accuracy, balanced \
            accuracy, top-k, calibration error, and recall, precision and F1 of every class. With --against, the \
            differences of two models on the same data and the same draws. Ends with a page, report.html in the run \
            folder: rates, curves or the confusion matrix, hardest pairs or worst mistakes, the embedding.

            EXAMPLES:
              margin evaluate runs/digits
              margin evaluate runs/digits --against runs/digits-softmax
              margin evaluate runs/digits --json > digits.json
            """)

    @Argument(help: "A run folder, or the model folder within it.")
    var model: String

    @Option(help: "Another run to compare with, on the same data.")
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
        switch runs[0].recipe.task {
        case .verification: try verify(runs, line)
        case .classification: try classify(runs, line)
        }
    }

    private func verify(_ runs: [TrainedRun], _ line: ProgressLine) throws {
        let evaluation = try ModelEvaluation(runs, roots: data.roots)
        let outcome = try evaluation.run { name, done, total in
            line.show("\(name): embedded", done, of: total)
        }
        line.clear()
        try tell(outcome.comparison, EvaluationTable(outcome.comparison).text, look: evaluation.recordLook())
        if let page = try evaluation.keep(outcome) { Output.note("report: \(page)") }
    }

    private func classify(_ runs: [TrainedRun], _ line: ProgressLine) throws {
        let evaluation = try ClassificationEvaluation(runs, roots: data.roots)
        let outcome = try evaluation.run { name, done, total in
            line.show("\(name): classified", done, of: total)
        }
        line.clear()
        try tell(outcome.comparison, ClassificationTable(outcome.comparison).text, look: evaluation.recordLook())
        if let page = try evaluation.keep(outcome) { Output.note("report: \(page)") }
    }

    private func tell(_ figures: some Encodable, _ text: String, look: TestLedger.Look?) throws {
        if let look { Output.note(look.sentence) }
        if output.json { try Output.json(figures) } else { print(text) }
    }
}
