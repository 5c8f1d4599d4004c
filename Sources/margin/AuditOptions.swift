import ArgumentParser
import FairnessAudit

extension LinearLoss: ExpressibleByArgument {}
extension NoiseMechanism: ExpressibleByArgument {}
extension FairnessCriterion: ExpressibleByArgument {}

/// How a table's rows become features.
struct AuditRowOptions: ParsableArguments {
    @Option(help: "A public bound on the norm of a row; longer ones are scaled down to it.")
    var clip: Double?

    @Flag(help: "Take the bound from the data, which leaks: for looking only.")
    var inferClip = false

    @Option(help: "A table of people to measure on; without it a share of the rows is held out.")
    var test: String?

    @Option(help: "The share of rows held out.")
    var holdout = 0.3

    @Option(help: "Decides which rows are held out, and the draws.")
    var seed: UInt64 = 1

    @Option(help: "Columns that are not used, parted by commas.")
    var exclude: String?

    @Flag(help: "Use the sensitive columns as features too.")
    var keepSensitive = false

    @Option(help: "Public scalings: a CSV file with the columns column, centre, scale.")
    var scaling: String?

    @Flag(help: "Standardise by the rows to train on, which leaks: for looking only.")
    var fitScaling = false

    @Option(help: "Append a constant feature of this size, which is perturbed like the others.")
    var constant = 0.0

    @Option(help: "Put groups with fewer rows into one group, other.")
    var smallestGroup = 0

    @Option(help: "Names of the columns, parted by commas, for a table whose first line is data.")
    var columns: String?

    func validate() throws {
        guard scaling == nil || !fitScaling else {
            throw ValidationError("--scaling and --fit-scaling exclude each other")
        }
        guard clip == nil || !inferClip else { throw ValidationError("--clip and --infer-clip exclude each other") }
    }

    func standardization() throws -> Standardization {
        if let scaling { return try .load(scaling) }
        return fitScaling ? .fitted : .none
    }
}

/// What is fitted.
struct AuditModelOptions: ParsableArguments {
    @Option(help: "logistic or smoothed-hinge.")
    var loss = LinearLoss.logistic

    @Option(help: "The weight of ‖θ‖²/2 beside the mean loss; scikit-learn's C is 1 / (rows · mu).")
    var mu = 0.01

    @Option(help: "Coefficients fitted elsewhere: CSV (feature, coefficient) or safetensors; needs --sensitivity.")
    var coefficients: String?

    @Option(help: "How far one record can move those coefficients, in L2.")
    var sensitivity: Double?
}

/// How much noise, and what is written.
struct AuditPrivacyOptions: ParsableArguments {
    @Option(help: "One or several ε, parted by commas.")
    var epsilon = "0.1,0.5,1,3,10"

    @Option(help: "δ")
    var delta = 1e-5

    @Option(help: "analytic or classic (normal noise), or laplace (pure ε).")
    var mechanism = NoiseMechanism.analytic

    @Option(help: "Write one private model to this file, with noise from the system's secure generator.")
    var release: String?

    @Option(help: "The file that remembers what was released from which data.")
    var ledger = "runs/releases.jsonl"

    @Flag(help: "Release although a bound or scaling came from the data; the model is then not private.")
    var allowLeaks = false

    func epsilons() throws -> [Double] {
        try epsilon.listed.map { text in
            guard let value = Double(text) else {
                throw ValidationError("--epsilon takes numbers parted by commas, such as 0.1,1,10; “\(text)” is none")
            }
            return value
        }
    }
}

/// What is measured.
struct AuditMeasureOptions: ParsableArguments {
    @Option(
        name: .customLong("measure"),
        help: "accuracy-parity, equality-of-opportunity, equalised-odds or demographic-parity; all if not given.")
    var measures: [FairnessCriterion] = []

    @Option(help: "Draws of the noise.")
    var draws = 1000

    @Option(help: "The probability with which a bound may fail.")
    var failure = 0.05

    @Option(help: "Find the smallest ε at which no measure changes by more than this, with 95 % probability.")
    var tolerance: Double?

    @Option(help: "Append so many features, parted by commas, to see what grows with the dimension at the first ε.")
    var growth: String?

    func addedFeatures() throws -> [Int] {
        try (growth?.listed ?? []).map { text in
            guard let count = Int(text) else {
                throw ValidationError("--growth takes whole numbers parted by commas, such as 0,100,400")
            }
            return count
        }
    }
}
