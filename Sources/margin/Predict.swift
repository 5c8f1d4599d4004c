import ArgumentParser
import Experiments
import Foundation

struct Predict: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Tell which class each picture shows.",
        discussion: """
            Takes files and folders (searched for pictures) and prints the likeliest classes of each with their \
            probabilities, which are calibrated on the development data of training. The model must come from a recipe \
            with task: classification. A picture that cannot be read is named, the others are classified, and the \
            command ends with 1.

            EXAMPLES:
              margin predict runs/signs photo.png
              margin predict runs/signs photos/ --top 1 --csv > predictions.csv
              margin predict runs/signs photos/ --json
            """)

    @Argument(help: "A model folder, or the run folder around it.")
    var model: String

    @Argument(help: "Pictures, or folders of pictures.")
    var inputs: [String]

    @Option(help: "How many classes of each picture.")
    var top = 3

    @Option(help: "cpu, cuda, cuda:1 or mps.")
    var device = "cpu"

    @Flag(help: "Print a CSV table on standard output.")
    var csv = false

    @OptionGroup var output: OutputOptions

    func validate() throws {
        if top < 1 { throw ValidationError("--top is 1 or more, not \(top)") }
        if csv && output.json { throw ValidationError("--csv and --json exclude each other") }
    }

    func run() throws {
        let line = ProgressLine()
        let result = try PredictionRun(model: model, inputs: inputs, top: top, device: device) { done, total in
            line.show("classified", done, of: total)
        }
        line.clear()
        for failure in result.failures { Output.note("passed over: \(failure)") }
        Output.note(result.calibration)
        if output.json {
            try Output.json(result.records)
        } else if csv {
            print(result.commaSeparated, terminator: "")
        } else {
            print(table(result.records))
        }
        if !result.failures.isEmpty { throw ExitCode.failure }
    }

    private func table(_ records: [PredictionRun.Record]) -> String {
        let count = records.map(\.classes.count).max() ?? 0
        var table = TextTable(["picture"] + (1...max(1, count)).map { "\($0)." })
        for record in records {
            let cells = record.classes.map { String(format: "%@ %.1f %%", $0.name, $0.probability * 100) }
            table.add([record.path] + cells + Array(repeating: "", count: count - cells.count))
        }
        return table.text
    }
}
