import ArgumentParser
import Experiments
import Foundation
import Verification

struct Calibrate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Fit scores to log-likelihood ratios, and store thresholds with a model.",
        discussion: """
            Fits on development scores, never on those that are tested. With --apply, another score file is written \
            as log-likelihood ratios. With --model and --far, a threshold at that false accept rate is chosen on the \
            development scores and stored in the model; a rate below 30 / (impostor trials) is refused unless \
            --allow-unsupported.

            EXAMPLES:
              margin calibrate dev.txt --apply eval.txt --output eval-llr.txt
              margin calibrate dev.txt --method isotonic --json
              margin calibrate dev.txt --model runs/faces --far 0.001
            """)

    @Argument(help: "Development scores with keys.")
    var development: String

    @Option(help: "affine (logistic regression) or isotonic.")
    var method: ScoreCalibration.Method = .affine

    @Option(help: "The share of genuine trials that the affine fit is weighted to.")
    var prior = 0.5

    @Option(help: "What the scores mean: higher or lower is genuine.")
    var polarity: Polarity?

    @Option(help: "A score file to calibrate.")
    var apply: String?

    @Option(help: "Where the calibrated scores go; standard output if nowhere else.")
    var output: String?

    @Option(help: "A model to store a threshold in.")
    var model: String?

    @Option(help: "The false accept rate of that threshold.")
    var far: Double?

    @Flag(help: "Store a threshold at a rate that so few trials cannot support.")
    var allowUnsupported = false

    @Flag(help: "Print the calibration as JSON on standard output.")
    var json = false

    func validate() throws {
        if (model == nil) != (far == nil) { throw ValidationError("--model and --far go together") }
        if apply != nil, json, output == nil {
            throw ValidationError("--apply with --json needs --output: both would be printed")
        }
        if output != nil, apply == nil { throw ValidationError("--output needs --apply, the scores to write") }
    }

    func run() throws {
        let file = try TrialFile(opening: development, polarity: polarity)
        if let model, let far {
            let threshold = try ScoreCalibration.storeThreshold(
                falseAcceptRate: far, on: file, model: model, allowingUnsupported: allowUnsupported)
            Output.note(
                "stored in \(model): threshold \(Format.number(threshold.threshold)) at FAR \(Format.number(far)) on "
                    + "\(threshold.impostorCount) impostor trials of \(threshold.source)"
                    + (threshold.isSupported ? "" : ", which are too few to support this rate"))
        }
        let calibration = try ScoreCalibration(method, fitting: file, targetPrior: prior)
        if let apply {
            let text = try calibration.applied(to: TrialFile(opening: apply, polarity: polarity))
            if let output {
                try Data(text.utf8).write(to: URL(fileURLWithPath: output), options: .atomic)
            } else if !json {
                return print(text, terminator: "")
            }
        }
        if json { return try Output.json(calibration) }
        if let line = calibration.affine {
            print("LLR = \(Format.number(line.slope)) × score + \(Format.number(line.offset))")
        } else if let steps = calibration.isotonic?.steps {
            print("LLR by \(steps.count) steps")
        }
        for figure in calibration.figures { print("\(figure.name): \(Format.number(figure.value))") }
    }
}

extension ScoreCalibration.Method: ExpressibleByArgument {}
