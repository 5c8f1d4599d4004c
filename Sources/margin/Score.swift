import ArgumentParser
import Experiments
import Foundation

struct Score: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Score the trials of a list with a model.",
        discussion: """
            Reads the trial lists of VoxCeleb, OpenSphere and Kaldi, and LFW's pairs.txt, embeds every picture once, \
            and writes one line per trial: label, enrolled, test, cosine (higher is more alike). In place of the model \
            a file of embeddings with their paths serves, as margin embed writes it.

            With --templates, trials name templates, and a list (template, media, file, and a weight if any) says what \
            makes them up: embeddings are averaged within each medium, media are summed, as for IJB-B and IJB-C. With \
            --normalise, scores are centred and scaled by those of either side against a cohort of other people: its \
            list has paths, or paths and labels, which then are averaged per person.

            EXAMPLES:
              margin score runs/faces pairs.txt --root lfw --output scores.txt
              margin score vox1.safetensors veri_test.txt --output scores.txt
              margin score runs/faces ijb_pairs.txt --templates ijb_media.csv --root ijb --output scores.txt
              margin score runs/voices trials.txt --normalise as-norm --cohort cohort.txt --top 300
            """)

    @Argument(help: "A model folder, the run folder around it, or a file of embeddings.")
    var model: String

    @Argument(help: "The trial list.")
    var trials: String

    @Option(help: "The folder that the lists' paths are relative to.")
    var root = "."

    @Option(help: "A list of template, media and file, where trials name templates.")
    var templates: String?

    @Option(
        name: [.customLong("normalise"), .customLong("normalize")],
        help: "s-norm (by the whole cohort) or as-norm (by its most similar part).")
    var normalise: ScoreNormalization.Method?

    @Option(help: "People who are in no trial: a list of paths, or of paths and labels, or a file of embeddings.")
    var cohort: String?

    @Option(help: "How many of the cohort as-norm takes; 300 if not given.")
    var top: Int?

    @Option(help: "The file to write; standard output if none is named.")
    var output: String?

    @Option(help: "cpu, cuda, cuda:1 or mps.")
    var device = "cpu"

    func validate() throws {
        if (normalise == nil) != (cohort == nil) { throw ValidationError("--normalise and --cohort go together") }
        if top != nil, normalise != .adaptive { throw ValidationError("--top is for --normalise as-norm") }
        if let top, top < 2 { throw ValidationError("--top is 2 or more: one score has no deviation") }
    }

    func run() throws {
        if let output { try EmbeddingRun.checkWritable(output) }
        let line = ProgressLine()
        var normalization: ScoreNormalization?
        if let normalise, let cohort { normalization = ScoreNormalization(normalise, cohort: cohort, top: top ?? 300) }
        let scoring = try TrialScoring(
            model: model, trials: trials, root: root, templates: templates, normalization: normalization, device: device
        ) { done, total in
            line.show("embedded", done, of: total)
        }
        line.clear()
        guard let output else { return print(scoring.text, terminator: "") }
        try Data(scoring.text.utf8).write(to: URL(fileURLWithPath: output), options: .atomic)
        Output.note("wrote \(scoring.scores.count) scores to \(output)")
    }
}

extension ScoreNormalization.Method: ExpressibleByArgument {}
