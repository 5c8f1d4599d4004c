import AngularMargin
import ArgumentParser
import Experiments

struct Head: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Compute, list or draw the heads: their losses, gradients and margins.",
        discussion: """
            Reads `features` [B, D], `weights` [C, D] (sub-centres [C, K, D], one class [1, D]) and `labels` [B]; where \
            a head has them also `bias`, `margins` [C], `class_weights` [C], `sample_weights` [B] and `state.*`; for mama \
            `video` and `text` [B, D]. Writes `loss`, `losses` [B], `logits` [B, C] and the gradient of every input as `<name>.grad`. \
            What another framework computes from the same file can be compared number by number.

            --set takes the keys that --list shows, and two more: update=true lets the batch move what a head \
            remembers (t, mean, std) before it is used, and seed=1 is what random margins and classes are drawn from.

            EXAMPLES:
              margin head --list
              margin head arcface --list
              margin head arcface in.safetensors out.safetensors --set m=0.3 s=32
              margin head sphereface2 in.safetensors out.safetensors --set variant=A --dtype float64
              margin head arcface in.safetensors out.safetensors --path streaming
              margin head curricularface --plot curricularface.svg
            """)

    @Argument(help: "The head's name, such as arcface.")
    var name: String?

    @Argument(help: "The .safetensors file to read.")
    var input: String?

    @Argument(help: "The .safetensors file to write.")
    var output: String?

    @Option(
        name: .customLong("set"), parsing: .upToNextOption,
        help: ArgumentHelp("Set keys of the head, such as m=0.3 s=32.", valueName: "key=value"))
    var settings: [String] = []

    @Option(help: "float32 or float64; unset, float64 where features or weights are.")
    var dtype: HeadRun.Precision?

    @Option(help: "How it is computed: reference, with all logits; streaming, through the classes in pieces.")
    var path: EvaluationPath = .reference

    @Flag(help: "Show every head, or the one named: keys, defaults, ranges, equation and source.")
    var list = false

    @Flag(help: "With --list: as JSON.")
    var json = false

    @Option(help: ArgumentHelp("Draw ψ, η and their slopes over the angle.", valueName: "file.svg"))
    var plot: String?

    func validate() throws {
        guard !list else {
            guard input == nil, plot == nil, settings.isEmpty else {
                throw ValidationError("--list shows heads and computes none: leave out files, --set and --plot")
            }
            return
        }
        guard name != nil else {
            throw ValidationError("name a head, or say --list to see them all")
        }
        if json { throw ValidationError("--json goes with --list") }
        if plot != nil {
            guard input == nil else { throw ValidationError("--plot draws the head itself and reads no file") }
        } else if output == nil {
            throw ValidationError("give a file to read and a file to write, or --plot FILE.svg")
        }
    }

    func run() throws {
        if list { return try showList() }
        guard let name else { return }
        if let plot { return try HeadFigure.write(head: name, settings: settings, to: plot) }
        guard let input, let output else { return }
        let run = try HeadRun(
            head: name, input: input, settings: settings, precision: dtype, path: path)
        if !run.unread.isEmpty { Output.note("\(name) does not read: \(run.unread.joined(separator: ", "))") }
        try run.write(to: output)
        Output.note("loss \(run.loss); wrote \(run.tensors.count) tensors to \(output)")
    }

    private func showList() throws {
        let heads = try name.map { [try HeadDescription(named: $0)] } ?? HeadDescription.all()
        if json { return try Output.json(heads) }
        for head in heads { print(HeadText.full(head) + "\n") }
        print(HeadText.openAxes(heads))
    }
}

extension EvaluationPath: ExpressibleByArgument {}
extension HeadRun.Precision: ExpressibleByArgument {}
