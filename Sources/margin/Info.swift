import ArgumentParser
import Experiments

struct Info: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show what a model is: network, pictures, thresholds, where it came from.",
        discussion: """
            EXAMPLES:
              margin info runs/digits
              margin info runs/digits/model --json
            """)

    @Argument(help: "A model folder, or the run folder around it.")
    var model: String

    @OptionGroup var output: OutputOptions

    func run() throws {
        let summary = try ModelSummary(model: model)
        if output.json { return try Output.json(summary) }
        for (name, value) in summary.lines { print("\(name): \(value)") }
        guard !summary.thresholds.isEmpty else {
            // Thresholds are between pairs.
            if summary.classes == nil { print("thresholds: none") }
            return
        }
        var table = TextTable(["threshold at FAR", "score", "TAR", "impostor trials", "supported"])
        for threshold in summary.thresholds {
            table.add([
                Format.number(threshold.falseAcceptRateAsked), Format.number(threshold.threshold),
                Format.percent(threshold.trueAcceptRate), "\(threshold.impostorCount)",
                threshold.isSupported ? "yes" : "no",
            ])
        }
        print("\n\(table.text)")
    }
}
