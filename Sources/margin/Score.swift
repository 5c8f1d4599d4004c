import ArgumentParser
import Experiments
import Foundation

struct Score: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Score the trials of a list with a model.",
        discussion: """
            Reads the trial lists of VoxCeleb, OpenSphere and Kaldi, and LFW's pairs.txt, embeds every picture once, \
            and writes one line per trial: label, enrolled, test, cosine (higher is more alike).

            EXAMPLES:
              margin score runs/faces pairs.txt --root lfw --output scores.txt
              margin metrics scores.txt --folds 10
            """)

    @Argument(help: "A model folder, or the run folder around it.")
    var model: String

    @Argument(help: "The trial list.")
    var trials: String

    @Option(help: "The folder that the list's paths are relative to.")
    var root = "."

    @Option(help: "The file to write; standard output if none is named.")
    var output: String?

    @Option(help: "cpu, cuda, cuda:1 or mps.")
    var device = "cpu"

    func run() throws {
        if let output { try EmbeddingRun.checkWritable(output) }
        let line = ProgressLine()
        let scoring = try TrialScoring(model: model, trials: trials, root: root, device: device) { done, total in
            line.show("embedded", done, of: total)
        }
        line.clear()
        guard let output else { return print(scoring.text, terminator: "") }
        try Data(scoring.text.utf8).write(to: URL(fileURLWithPath: output), options: .atomic)
        Output.note("wrote \(scoring.scores.count) scores to \(output)")
    }
}
