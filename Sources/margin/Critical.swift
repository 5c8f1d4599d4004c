import ArgumentParser
import Experiments
import Foundation
import Training

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
    @OptionGroup var output: OutputOptions

    @Option(help: "The folder of result files.")
    var results = "Results"

    @Option(help: "The folder of all runs.")
    var runs = "runs"

    @Option(help: "Runs side by side, each with its share of the processors.")
    var jobs = 1

    @Flag(help: "Run nothing: make the tables from the result file.")
    var table = false

    @Flag(help: "Print the tables as Markdown.")
    var markdown = false

    func validate() throws {
        if jobs < 1 { throw ValidationError("--jobs is a number of runs side by side, 1 or more") }
        try options.check()
    }

    func run() throws {
        let plan = try options.plan(recipe: recipe, changes: changes.changes)
        let study = try CriticalStudy(plan, data: data.data, results: results, runs: runs)
        if !table {
            let interruption = Interruption()
            let report = ComparisonReporter(figure: "development accuracy")
            let launcher = StudyProcess(jobs: jobs, stop: interruption.stop)
            let targets = try study.run(jobs: jobs, stop: interruption.stop, launch: launcher.launch) { event in
                switch event {
                case .run(let event): report.report(event)
                case .targets(let targets): Output.note(CriticalText.named(targets))
                }
            }
            guard targets != nil else {
                Output.note("stopped; what is finished is in \(study.file.path). The same command goes on")
                throw ExitCode(interruption.exitCode)
            }
        } else if !FileManager.default.fileExists(atPath: study.file.path) {
            throw ValidationError(
                "\(study.file.path): there is no such study; --study names one, and without --table it is run")
        }
        let tables = try study.tables()
        if !table { Output.note("report: \(try study.writePage())") }
        if output.json { return try Output.json(tables) }
        let text = CriticalText(tables: tables)
        print(markdown ? text.markdown : text.text)
    }
}
