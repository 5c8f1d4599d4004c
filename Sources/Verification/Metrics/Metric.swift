/// A number computed from an error-rate curve, under a name that states its convention.
///
/// Peers use one name for several numbers (five for EER), so a metric of this module never goes without its
/// convention. Anything else that a curve determines is a metric too:
///
/// ```swift
/// let falseRejects = Metric(name: "FRR at 0.5") { $0.point(at: 0.5).falseRejectRate }
/// ```
public struct Metric: Sendable {
    /// The full name, for example `TAR@FAR=1e-3[FAR at most]`.
    public let name: String
    /// The false accept rate that the metric is read at, if it is read at one.
    public let falseAcceptRate: Double?
    /// Whether it sums over all scores, which a bootstrap then does for all such metrics at once.
    let sumsScores: Bool
    private let evaluate: @Sendable (ErrorRateCurve) -> Double

    /// Names a function of the curve; it must not depend on anything else, and have a value on every curve.
    ///
    /// - Parameters:
    ///   - name: the full name, with its convention.
    ///   - falseAcceptRate: the false accept rate that the metric is read at, if it is read at one.
    ///   - evaluate: the function.
    public init(
        name: String, falseAcceptRate: Double? = nil, _ evaluate: @escaping @Sendable (ErrorRateCurve) -> Double
    ) {
        self.init(name: name, falseAcceptRate: falseAcceptRate, sumsScores: false, evaluate)
    }

    init(
        name: String, falseAcceptRate: Double? = nil, sumsScores: Bool,
        _ evaluate: @escaping @Sendable (ErrorRateCurve) -> Double
    ) {
        self.name = name
        self.falseAcceptRate = falseAcceptRate
        self.sumsScores = sumsScores
        self.evaluate = evaluate
    }

    /// The metric's value on a curve.
    public func callAsFunction(_ curve: ErrorRateCurve) -> Double {
        evaluate(curve)
    }

    /// The metric's value on a curve, with the metric's name.
    public func named(_ curve: ErrorRateCurve) -> NamedValue {
        NamedValue(name: name, value: evaluate(curve), isSupported: isSupported(by: curve))
    }

    /// Whether a curve of trials that count once each has enough impostor trials for the metric's false accept
    /// rate, at least 30 divided by that rate (docs/Methods.md).
    public func isSupported(by curve: ErrorRateCurve) -> Bool {
        guard let falseAcceptRate else { return true }
        return falseAcceptRate >= lowestSupportedFalseAcceptRate(impostorCount: curve.impostor.count)
    }
}
