import ArgumentParser
import Experiments
import Foundation
import Training

struct Compare: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Compare heads, or values of any key of a recipe, with everything else the same.",
        discussion: """
            Each system may choose from the same few settings (scale, margin, learning rate) on development \
            identities, and is then trained with every seed and measured once on test identities; a second table has \
            the presets' defaults. Every finished run is added to Results/<study>.csv: the same command goes on after \
            an interruption, and ends with the tables. Differences from a reference are paired, with intervals over \
            seeds and identities and Holm's correction.

            A head is preset[:key=value,…]; values parted by / make a system each. Commas part heads.

            EXAMPLES:
              margin compare Recipes/omniglot_small.yaml --heads softmax,arcface,sphereface2:variant=C/A/M,lw=10
              margin compare Recipes/faces_orl.yaml --heads softmax,sphereface-r:variant=v0/v1,norm=hard/soft \
            --folds Recipes/splits/faces_orl-{1,2,3,4}.csv --jobs 2
              margin compare Recipes/digits.yaml --axis head.m=0,0.2,0.4 --axis training.mixup=0,0.2 --seeds 3
              margin compare Recipes/faces_orl.yaml --study heads --table --markdown
            """)

    @Argument(help: "The recipe, a YAML file.")
    var recipe: String

    @OptionGroup var options: ComparisonOptions
    @OptionGroup var changes: RecipeOptions
    @OptionGroup var data: DataOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "The folder of result files.")
    var results = "Results"

    @Option(help: "The folder of all runs.")
    var runs = "runs"

    @Option(help: "Runs side by side, each with its share of the processors.")
    var jobs = 1

    @Option(help: "The system that the others are compared with; the first of --heads if none is named.")
    var reference: String?

    @Option(help: "What they are compared by, such as TAR@FAR=1e-1; the equal error rate if not given.")
    var metric: String?

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
        let file = StudyFile(results: results, study: plan.study)
        if !table {
            let comparison = try Comparison(plan, data: data.data, results: results, runs: runs)
            let interruption = Interruption()
            let report = ComparisonReporter(figure: "development \(comparison.developmentFigure)")
            let launcher = StudyProcess(jobs: jobs, stop: interruption.stop)
            let isComplete = try comparison.run(
                jobs: jobs, stop: interruption.stop, launch: launcher.launch, observer: report.report)
            guard isComplete else {
                Output.note("stopped; what is finished is in \(file.path). The same command goes on")
                throw ExitCode(interruption.exitCode)
            }
        } else if !FileManager.default.fileExists(atPath: file.path) {
            throw ValidationError(
                "\(file.path): there is no such study; --study names one, and without --table it is run")
        }
        let folder = URL(fileURLWithPath: runs, isDirectory: true).appendingPathComponent(plan.study).path
        let tables = try ComparisonTables(
            file: file, runs: folder, reference: reference ?? (options.isGiven ? plan.systems[0].name : nil),
            metric: metric
        ).tables()
        if tables.isEmpty { Output.note("\(file.path): no run has measured test data yet") }
        if !table, !tables.isEmpty {
            Output.note("report: \(try StudyPage(file: file, study: plan.study, tables: tables).write(to: folder))")
        }
        if output.json { return try Output.json(tables) }
        print(markdown ? ComparisonText(tables: tables).markdown : ComparisonText(tables: tables).text)
    }
}
