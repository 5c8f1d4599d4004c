import ArgumentParser
import Experiments
import Foundation
import Training

struct Train: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Train what a recipe describes.",
        discussion: """
            Writes runs/<name>/ with the resolved recipe, a log, checkpoints, a report, and the best model by the \
            development set with its thresholds. Ctrl-C and a kill save (exit codes 130 and 143); --resume goes on \
            to the same result. `tensorboard --logdir runs` shows every run as it goes.

            EXAMPLES:
              margin train Recipes/digits.yaml
              margin train my.yaml --set training.epochs=40 head.name=sphereface2 name=mine
              margin train my.yaml --resume
              margin train my.yaml --profile
            """)

    @Argument(help: "The recipe, a YAML file.")
    var recipe: String

    @OptionGroup var changes: RecipeOptions
    @OptionGroup var data: DataOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "The folder of all runs.")
    var runs = "runs"

    @Option(
        name: .customLong("init"),
        help: "Begin with the weights of this file (.safetensors or of torch.save), as network.init does.")
    var initial: String?

    @Flag(help: "Go on from the last checkpoint of an earlier run of this name.")
    var resume = false

    @Flag(help: "Remove an earlier run of this name.")
    var overwrite = false

    @Flag(help: "Show where the time of twenty steps goes, and write a trace for Perfetto or chrome://tracing.")
    var profile = false

    @Flag(help: "Look at every operator's result, to find what goes wrong: slow.")
    var detectAnomaly = false

    func validate() throws {
        if resume && overwrite {
            throw ValidationError("--resume keeps the earlier run and --overwrite removes it; choose one")
        }
    }

    func run() throws {
        let recipe = try Recipe(RecipeDocument(path: recipe, settings: changes.settings() + initialSetting))
        let experiment = try TrainingExperiment(
            recipe, roots: data.roots, runs: runs, earlier: resume ? .resume : overwrite ? .overwrite : .refuse,
            detectsAnomalies: detectAnomaly, profiles: profile)
        let interruption = Interruption()
        let reporter = TrainingReporter()
        let outcome = try experiment.run(stop: interruption.stop, observer: reporter.report)
        reporter.finish()
        Output.note("report: \(outcome.folder.report)")

        guard outcome.isComplete else {
            Output.note("stopped; go on with: \(Self.resumingCommand)")
            throw ExitCode(interruption.exitCode)
        }
        if output.json {
            try Output.json(Summary(run: outcome.folder.path, best: outcome.best, peakMemory: ResidentMemory.peak))
        } else {
            print("\(outcome.folder.path)")
            Output.note("next: margin evaluate \(outcome.folder.path)")
        }
    }

    private var initialSetting: [RecipeDocument.Setting] {
        initial.map { [RecipeDocument.Setting(key: ["network", "init"], file: $0)] } ?? []
    }

    /// The command that was given, changed so that it goes on.
    private static var resumingCommand: String {
        let given = CommandLine.arguments.dropFirst().filter { $0 != "--overwrite" && $0 != "--resume" }
        let plain = /[\w.,:=\/@%+-]+/
        let words = given.map { $0.wholeMatch(of: plain) != nil ? $0 : "'" + $0.replacing("'", with: "'\\''") + "'" }
        return (["margin"] + words + ["--resume"]).joined(separator: " ")
    }

    private struct Summary: Encodable {
        let run: String
        let best: TrainingState.Best?
        /// The most that the process held, in bytes.
        let peakMemory: Int
    }
}
