import ArgumentParser
import Experiments
import Verification

struct Metrics: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure a score file: error rates, costs and intervals, each by its full name.",
        discussion: """
            Reads the score files of VoxCeleb, OpenSphere, Kaldi, ASVspoof 2019 and 2021 and NII, plain labels with \
            scores, and tables with column names; .gz too. Higher scores mean same or bona fide, unless the file or \
            --polarity says otherwise. Intervals are 95 % and resample identities, or speakers and attacks for spoofs.

            EXAMPLES:
              margin metrics scores.txt
              margin metrics cm_eval.txt --asv asv_eval.txt
              margin metrics scores.txt --key trials.txt --json
              margin metrics lfw.txt --folds 10
            """)

    @Argument(help: "The score file.")
    var scores: String

    @Option(help: "A speaker verifier's scores of targets, non-targets and spoofs, for the min t-DCF.")
    var asv: String?

    @Option(help: "A list with the keys, where the score file has none.")
    var key: String?

    @Option(help: "What the scores mean: higher or lower is genuine.")
    var polarity: Polarity?

    @Option(help: "Also LFW's accuracy over this many folds, in the order of the file.")
    var folds: Int?

    @Option(help: "The number of draws for the intervals; 0 for none.")
    var draws = 1000

    @Option(help: "Where the random numbers start.")
    var seed: UInt64 = 1

    @Option(
        name: .customLong("run"),
        help: "The run folder whose ledger takes this look; the one around the score file if none is named.")
    var runFolder: String?

    @Flag(help: "Show every figure, not the main ones alone.")
    var all = false

    @OptionGroup var output: OutputOptions

    func validate() throws {
        if draws < 0 { throw ValidationError("--draws is a number of draws, 0 or more") }
        if let folds, folds < 2 { throw ValidationError("--folds is 2 or more; LFW has 10") }
    }

    func run() throws {
        let metrics = try ScoreMetrics(
            scores: scores, keys: key, verifier: asv, run: runFolder, polarity: polarity,
            options: ScoreReport.Options(drawCount: draws, seed: seed, foldCount: folds))
        if output.json { return try Output.json(metrics) }
        print(ScoreTable(metrics, showsAll: all).text)
    }
}

extension Polarity: ExpressibleByArgument {}
