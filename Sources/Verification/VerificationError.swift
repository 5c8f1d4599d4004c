/// What can be wrong with the data given to this module, one case per mistake.
///
/// The description says what was found, where, and what would be right.
public enum VerificationError: Error, Hashable, Sendable {
    /// A set without genuine trials: no false reject rate can be computed.
    case noGenuineTrials
    /// A set without impostor trials: no false accept rate can be computed.
    case noImpostorTrials
    /// A score that is NaN or infinite; `trial` counts from zero within the set that `set` names.
    case nonFiniteScore(set: String, trial: Int, value: String)
    /// A weight that is negative, NaN or infinite; `trial` counts from zero within the set that `set` names.
    case invalidWeight(set: String, trial: Int, value: String)
    /// Two lists that must run side by side and do not.
    case countMismatch(what: String, count: Int, expected: Int)
    /// A trial that names an item outside the list of items.
    case itemOutOfRange(trial: Int, item: Int, itemCount: Int)
    /// A rate outside the range in which it has a meaning.
    case rateOutOfRange(what: String, value: Double, allowed: String)
    /// A false accept rate below 30 / (number of impostor trials).
    case unsupportedFalseAcceptRate(asked: Double, impostorCount: Int)
    /// Two systems that were not scored on the same trials of the same identities.
    case differentTrials
    /// A metric that had no value on one draw of a bootstrap, or (`draw` is nil) on the trials as they are.
    case undefinedMetric(name: String, draw: Int?)
    /// A probe of a closed-set identification without any item of its identity in the gallery.
    case probeWithoutMate(probe: Int)
    /// A tandem cost without spoofed trials for the speaker verifier.
    case noSpoofTrials
    /// A tandem cost whose formula has no meaning for the speaker verifier at hand.
    case undefinedTandemCost(name: String, reason: String)
    /// Countermeasure scores that are decisions, not scores.
    case hardDecisions(distinctCount: Int)
    /// Scores that a threshold parts without error, for which the logistic fit has no finite answer.
    case separableScores
    /// Something that must not be empty and is.
    case empty(what: String)
    /// A cohort whose scores do not spread, so that nothing can be divided by their deviation.
    case constantCohort(score: Double)
    /// More scores than can be kept in memory.
    case tooManyScores(what: String, count: Int, limit: Int)
    /// A label or a decision that is none of the classes; `sample` counts from zero.
    case notAClass(what: String, sample: Int, value: Int, classCount: Int)
    /// A score of a class that is NaN or infinite; `sample` and `scoredClass` count from zero.
    case nonFiniteClassScore(sample: Int, scoredClass: Int, value: String)
    /// Classes of which hardly any draw of a bootstrap has samples of all.
    case classesMissingFromDraws(metrics: [String], tries: Int)
}

extension VerificationError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .noGenuineTrials:
            "There is no genuine trial (a pair of the same identity), so no error rate can be computed; "
                + "at least one genuine and one impostor trial are needed."
        case .noImpostorTrials:
            "There is no impostor trial (a pair of different identities), so no error rate can be computed; "
                + "at least one genuine and one impostor trial are needed."
        case .nonFiniteScore(let set, let trial, let value):
            "The score of \(set) trial \(trial) (counted from 0) is \(value); every score must be a finite number."
        case .invalidWeight(let set, let trial, let value):
            "The weight of \(set) trial \(trial) (counted from 0) is \(value); "
                + "every weight must be finite and not negative."
        case .countMismatch(let what, let count, let expected):
            "There are \(count) \(what), but \(expected) are needed."
        case .itemOutOfRange(let trial, let item, let itemCount):
            "Trial \(trial) (counted from 0) names item \(item), but there are \(itemCount) items, numbered from 0."
        case .rateOutOfRange(let what, let value, let allowed):
            "The \(what) is \(value); it must be \(allowed)."
        case .unsupportedFalseAcceptRate(let asked, let impostorCount):
            "A false accept rate of \(scientific(asked)) cannot be measured on \(impostorCount) impostor trials: "
                + "the lowest supported rate is 30 / \(impostorCount) = "
                + "\(scientific(lowestSupportedFalseAcceptRate(impostorCount: impostorCount))). "
                + "Use more trials, ask for a higher rate, or allow unsupported rates explicitly."
        case .differentTrials:
            "The two systems were not scored on the same trials of the same identities, in the same order; "
                + "a paired difference needs one trial list for both."
        case .undefinedMetric(let name, let draw):
            "\(name) is not a number on \(draw.map { "draw \($0) of the bootstrap" } ?? "these trials"), "
                + "so it has no percentile interval; "
                + "a metric must have a value whenever there are genuine and impostor trials."
        case .probeWithoutMate(let probe):
            "Probe \(probe) (counted from 0) has no item of its identity in the gallery; "
                + "closed-set identification needs a mate for every probe."
        case .noSpoofTrials:
            "The speaker verifier has no score of a spoofed trial, so no tandem cost can be computed; "
                + "its score file needs lines with the key “spoof”."
        case .undefinedTandemCost(let name, let reason):
            "\(name) is undefined: \(reason)."
        case .hardDecisions(let distinctCount):
            "The countermeasure's scores take \(distinctCount) different values; a tandem cost needs soft scores, "
                + "with at least 3."
        case .separableScores:
            "A threshold parts genuine from impostor scores without error, so logistic calibration has no finite "
                + "answer; calibrate on more or harder trials."
        case .empty(let what):
            "There are no \(what)."
        case .constantCohort(let score):
            "Every cohort score that is used equals \(score), so scores cannot be divided by their deviation; "
                + "use a larger cohort."
        case .tooManyScores(let what, let count, let limit):
            "There are \(count) \(what), and \(limit) can be kept; ask for a lower rate, or compare fewer items."
        case .notAClass(let what, let sample, let value, let classCount):
            "The \(what) of sample \(sample) (counted from 0) is \(value); "
                + "there are \(classCount) classes, with the numbers 0 to \(classCount - 1)."
        case .nonFiniteClassScore(let sample, let scoredClass, let value):
            "The score of sample \(sample) for class \(scoredClass) (both counted from 0) is \(value); "
                + "every score must be a finite number."
        case .classesMissingFromDraws(let metrics, let tries):
            "Of \(tries) draws in a row none had samples of every class that \(metrics.joined(separator: ", ")) "
                + "are about; ask for fewer classes at once."
        }
    }
}
