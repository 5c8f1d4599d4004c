import ArgumentParser
import Experiments
import Foundation

struct Critical: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Find out how a class is missed less without losing accuracy, and what that costs.",
        discussion: """
            For a recipe with task: classification. Cross-entropy (CE) is compared with a weight for the class (WCE, \
            CRWWCE), a margin for all classes (ArcFace), a margin for the class alone (CAMRI), and CE's own runs with a \
            number added to the class's logit (CE + bias, which trains nothing).

            First every method tries a few settings, for a third of the epochs, on development data. Then the setting \
            with the highest recall whose accuracy there is not below CE's (a second table: at most 0.2 points below) \
            is trained anew with five fresh seeds and measured once on test data. Every finished run is added to \
            Results/<study>.csv: the same command goes on after an interruption, and ends with the tables. Each class \
            is a target of its own, unless --together.

            EXAMPLES:
              margin critical Recipes/cifar10.yaml --class cat
              margin critical Recipes/gtsrb32.yaml --class worst --class second-worst --class median --folds 5
              margin critical Recipes/gtsrb32.yaml --class stop --class yield --together --folds 5 --jobs 2
              margin critical Recipes/cifar10.yaml --class cat --set data.keep='{cat: 0.1}' --study cifar10-rare-cat
              margin critical Recipes/cifar10.yaml --class cat --table --markdown
            """)

    @Argument(help: "The recipe, a YAML file.")
    var recipe: String

    @OptionGroup var options: CriticalOptions
    @OptionGroup var changes: RecipeOptions
    @OptionGroup var data: DataOptions
    @OptionGroup var study: StudyOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let plan = try options.plan(recipe: recipe, changes: changes.changes)
        let critical = try CriticalStudy(plan, data: data.data, results: study.results, runs: study.runs)
        try study.complete(critical.file) { launcher, stop in
            let report = ComparisonReporter(figure: "development accuracy")
            let targets = try critical.run(jobs: study.jobs, stop: stop, launch: launcher.launch) { event in
                switch event {
                case .run(let event): report.report(event)
                case .targets(let targets): Output.note(CriticalText.named(targets))
                }
            }
            return targets != nil
        }
        let tables = try critical.tables()
        if !study.table { Output.note("report: \(try critical.writePage())") }
        if output.json { return try Output.json(tables) }
        let text = CriticalText(tables: tables)
        print(study.markdown ? text.markdown : text.text)
    }
}
