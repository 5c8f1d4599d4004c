import ArgumentParser
import Experiments
import Verification

struct Plot: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Draw any of the reports' plots from files, as SVG with its numbers as CSV.",
        discussion: """
            det and roc take one or several score files, each a system of its own in the legend; histogram takes one. \
            training and angle take a run folder or its log.jsonl; head takes the name of a head. Score files may have \
            any layout that margin metrics reads.

            EXAMPLES:
              margin plot det margin.txt softmax.txt --output det.svg
              margin plot roc a.txt b.txt --name ours --name theirs --output roc.svg
              margin plot histogram scores.txt --output scores.svg
              margin plot training runs/digits --output training.svg
              margin plot head arcface --set m=0.3 s=32 --output arcface.svg
            """)

    @Argument(help: "det, roc, histogram, training, angle or head.")
    var kind: FilePlot.Kind

    @Argument(help: "Score files, a run, or the name of a head.")
    var files: [String]

    @Option(name: .shortAndLong, help: "The .svg file to write; the numbers lie beside it as .csv.")
    var output: String

    @Option(name: .customLong("name"), help: "What a system is called; once for each file.")
    var names: [String] = []

    @Option(help: "Another title.")
    var title: String?

    @Option(help: "A list with the keys, where score files have none.")
    var key: String?

    @Option(help: "What the scores mean: higher or lower is genuine.")
    var polarity: Polarity?

    @Option(help: "The draws of a ROC's band; 0 for none, 1000 if not given.")
    var draws: Int?

    @Option(help: "Where the random numbers of a ROC's band start; 1 if not given.")
    var seed: UInt64?

    @Option(
        name: .customLong("set"), parsing: .upToNextOption,
        help: ArgumentHelp("Set keys of a head, such as m=0.3 s=32.", valueName: "key=value"))
    var settings: [String] = []

    func validate() throws {
        if let draws, draws < 0 { throw ValidationError("--draws is a number of draws, 0 or more") }
        let foreign: [(option: String, isGiven: Bool, kinds: [FilePlot.Kind])] = [
            ("--set", !settings.isEmpty, [.head]),
            ("--name", !names.isEmpty, [.det, .roc, .histogram, .training, .angle]),
            ("--key", key != nil, [.det, .roc, .histogram]), ("--polarity", polarity != nil, [.det, .roc, .histogram]),
            ("--draws", draws != nil, [.roc]), ("--seed", seed != nil, [.roc]),
        ]
        for option in foreign where option.isGiven && !option.kinds.contains(kind) {
            let kinds = option.kinds.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("\(option.option) is for plots of \(kinds); leave it out for \(kind.rawValue)")
        }
    }

    func run() throws {
        var plot = FilePlot(kind, files: files)
        plot.names = names
        plot.title = title
        plot.keys = key
        plot.polarity = polarity
        plot.draws = draws ?? plot.draws
        plot.seed = seed ?? plot.seed
        plot.settings = settings
        let written = try FilePlot.write(plot.plot(), to: output)
        Output.note("numbers: \(written[1])")
        print(written[0])
    }
}

extension FilePlot.Kind: ExpressibleByArgument {}
