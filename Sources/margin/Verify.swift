import ArgumentParser
import Experiments

struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say whether two pictures show the same identity.",
        discussion: """
            Prints the cosine of the two embeddings, the decision, and the false accept rate at which the \
            threshold was chosen on development data. Ends with 0 for "same" and for "different" alike; \
            see --json for scripts.

            EXAMPLES:
              margin verify runs/digits a.png b.png
              margin verify runs/digits a.png b.png --far 0.01 --json
            """)

    @Argument(help: "A model folder, or the run folder around it.")
    var model: String

    @Argument(help: "The first picture.")
    var first: String

    @Argument(help: "The second picture.")
    var second: String

    @Option(help: "Use the stored threshold nearest to this false accept rate.")
    var far: Double?

    @OptionGroup var output: OutputOptions

    func validate() throws {
        if let far, !(far > 0 && far < 1) { throw ValidationError("--far is a rate above 0 and below 1, such as 0.01") }
    }

    func run() throws {
        let result = try PairVerification(model: model, first: first, second: second, falseAcceptRate: far)
        if output.json { return try Output.json(result) }
        print("score \(Format.number(result.score)) (cosine, higher is more alike)")
        if let threshold = result.threshold, let isSame = result.isSame {
            print(isSame ? "same" : "different")
            print(
                "threshold \(Format.number(threshold.threshold)), chosen at a false accept rate of "
                    + "\(Format.number(threshold.falseAcceptRateAsked)) on \(threshold.source)")
            if !threshold.isSupported {
                Output.note("warning: \(threshold.impostorCount) impostor trials are too few to support this rate")
            }
        } else {
            print("no decision: the model has no threshold, because it was trained without a development set")
        }
    }
}
