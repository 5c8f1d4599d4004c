import ArgumentParser
import Experiments
import Foundation

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
    @OptionGroup var study: StudyOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "The system that the others are compared with; the first of --heads if none is named.")
    var reference: String?

    @Option(help: "What they are compared by, such as TAR@FAR=1e-1; the equal error rate if not given.")
    var metric: String?

    func run() throws {
        let plan = try options.plan(recipe: recipe, changes: changes.changes)
        let file = StudyFile(results: study.results, study: plan.study)
        try study.complete(file) { launcher, stop in
            let comparison = try Comparison(plan, data: data.data, results: study.results, runs: study.runs)
            let report = ComparisonReporter(figure: "development \(comparison.developmentFigure)")
            return try comparison.run(
                jobs: study.jobs, stop: stop, launch: launcher.launch, observer: report.report)
        }
        let folder = URL(fileURLWithPath: study.runs, isDirectory: true).appendingPathComponent(plan.study).path
        let tables = try ComparisonTables(
            file: file, runs: folder, reference: reference ?? (options.isGiven ? plan.systems[0].name : nil),
            metric: metric
        ).tables()
        if tables.isEmpty { Output.note("\(file.path): no run has measured test data yet") }
        if !study.table, !tables.isEmpty {
            Output.note("report: \(try StudyPage(file: file, study: plan.study, tables: tables).write(to: folder))")
        }
        if output.json { return try Output.json(tables) }
        let text = ComparisonText(tables: tables)
        print(study.markdown ? text.markdown : text.text)
    }
}
