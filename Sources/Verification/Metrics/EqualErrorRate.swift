/// The rate at which false accepts and false rejects are equally frequent.
///
/// The two rates are step functions, which seldom meet at a threshold; what to report then is a convention,
/// and conventions differ by about 1/(number of trials).
public struct EqualErrorRate: Hashable, Sendable {
    /// The rate, in [0, 1].
    public let rate: Double
    /// The threshold that goes with it, which accepts a score of at least this: that of the closest point, or,
    /// for ``Convention/interpolated``, the lowest at which FRR ≥ FAR. For
    /// ``Convention/meanAtClosestTiesSplit`` it is what the organisers' script gives: the score rejected last.
    public let threshold: Double
    /// How the rate was taken from the curve.
    public let convention: Convention

    /// What to report where no threshold has equal rates.
    ///
    /// In every convention but one, equal scores move together.
    public enum Convention: String, CaseIterable, Codable, Sendable {
        /// ½(FAR + FRR) at the threshold with the least |FAR − FRR|, the lower one if two are equally near
        /// (ASVspoof where no equal scores lie at the crossing; SpeechBrain, whose additional thresholds between
        /// the scores have the rates of the next score).
        case meanAtClosest = "mean at closest"
        /// As ``meanAtClosest``, but equal scores are rejected one by one, genuine before impostor: what the
        /// ASVspoof organisers' script computes from its stable sort of genuine, then impostor scores. Breaking
        /// ties in one side's disfavour is an accident of that sort; it is here to reproduce published numbers.
        case meanAtClosestTiesSplit = "mean at closest, ties split"
        /// max(FAR, FRR) at the threshold with the least |FAR − FRR|, the higher one if two are equally near
        /// (voxceleb_trainer, which however looks at those thresholds only that scikit-learn's `roc_curve`
        /// keeps; see ``maximumAtClosestCorner``).
        case maximumAtClosest = "max at closest"
        /// As ``maximumAtClosest`` among the thresholds that scikit-learn's `roc_curve` keeps by default: those
        /// whose step to the next lower score differs from the step before. It reproduces voxceleb_trainer.
        case maximumAtClosestCorner = "max at closest corner"
        /// Where the straight line between the last point with FRR < FAR and the first with FRR ≥ FAR has
        /// equal rates (NIST's scoring and wespeaker, which however take equal scores in no particular order).
        case interpolated = "interpolated"

        /// The root of 1 − x − ROC(x) on the ROC drawn with straight lines (OpenSphere). With equal scores moved
        /// together, that is the crossing that ``interpolated`` names, by another road to the same number.
        public static var rocRoot: Self { .interpolated }
    }
}

extension EqualErrorRate.Convention {
    /// The metric's full name, for example `EER[interpolated]`.
    public var metricName: String { "EER[\(rawValue)]" }
}

extension Metric {
    /// The equal error rate by a convention, in [0, 1].
    public static func equalErrorRate(_ convention: EqualErrorRate.Convention) -> Metric {
        Metric(name: convention.metricName) { $0.equalErrorRate(convention).rate }
    }
}
