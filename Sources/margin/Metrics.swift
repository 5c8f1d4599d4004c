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
              margin metrics scores.txt --far 1e-5,1e-6 --cost 0.001,1,1 --all
              margin metrics scores.txt --groups groups.csv --model runs/faces --model-far 0.001
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

    @Option(help: "False accept rates for TAR@FAR, parted by commas.")
    var far = "1e-1,1e-2,1e-3,1e-4"

    @Option(
        help: ArgumentHelp(
            "Also the detection cost of an application: prior of targets, cost of a miss, of a false accept.",
            valueName: "p,miss,fa"))
    var cost: [String] = []

    @Option(help: "A list of items and whose they are, for the intervals, where names do not tell.")
    var identities: String?

    @Option(help: "A list of names (items or people) and groups: false match and non-match rates of each.")
    var groups: String?

    @Option(help: "The one threshold for all groups, chosen on other data.")
    var threshold: Double?

    @Option(help: "A model whose stored threshold is taken for the groups.")
    var model: String?

    @Option(help: "Which of them: the one stored nearest to this false accept rate.")
    var modelFar: Double?

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
        if groups != nil, (threshold == nil) == (model == nil) {
            throw ValidationError(
                "--groups needs one threshold that was chosen on other data: --threshold NUMBER, or --model MODEL for "
                    + "the one stored there")
        }
        if groups == nil, threshold != nil || model != nil {
            throw ValidationError("--threshold and --model are for --groups, a list of names and groups")
        }
        if modelFar != nil, model == nil { throw ValidationError("--model-far needs --model") }
        _ = try (far.rates(of: "--far"), costs())
    }

    private func costs() throws -> [DetectionCost] {
        try cost.map { text in
            let numbers = text.listed.compactMap(Double.init)
            guard numbers.count == 3, text.listed.count == 3 else {
                throw ValidationError("--cost takes three numbers parted by commas, such as 0.01,1,1; not “\(text)”")
            }
            do {
                return try DetectionCost(targetPrior: numbers[0], missCost: numbers[1], falseAcceptCost: numbers[2])
            } catch {
                throw ValidationError("--cost \(text): \(error)")
            }
        }
    }

    private func groupThreshold() throws -> (list: String, threshold: GroupMetrics.Threshold)? {
        guard let groups else { return nil }
        if let threshold { return (groups, GroupMetrics.Threshold(threshold)) }
        return try model.map { (groups, try GroupMetrics.Threshold(storedWith: $0, falseAcceptRate: modelFar)) }
    }

    func run() throws {
        let metrics = try ScoreMetrics(
            scores: scores, keys: key, verifier: asv, identities: identities, groups: groupThreshold(),
            run: runFolder, polarity: polarity,
            options: ScoreReport.Options(
                falseAcceptRates: far.rates(of: "--far"), costs: [.onePercent, .fivePercent] + costs(),
                drawCount: draws, seed: seed, foldCount: folds))
        if output.json { return try Output.json(metrics) }
        print(ScoreTable(metrics, showsAll: all).text)
    }
}

extension Polarity: ExpressibleByArgument {}
