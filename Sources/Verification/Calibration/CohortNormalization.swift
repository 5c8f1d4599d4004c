/// The mean and deviation of one side's scores against a cohort of other people.
public struct CohortMoments: Hashable, Sendable, Codable {
    public let mean: Double
    /// The population standard deviation, > 0.
    public let standardDeviation: Double

    /// The moments of the scores of one item against the whole cohort (S-norm), or against the `top` most similar
    /// of it (AS-norm, "adaptive 1"; wespeaker takes 300).
    ///
    /// - Throws: ``VerificationError`` if there are no scores, one is not finite, or all that are used are equal.
    public init(cohortScores: [Double], top: Int? = nil) throws(VerificationError) {
        precondition(top.map { $0 > 0 } ?? true, "at least one cohort score is needed")
        guard !cohortScores.isEmpty else { throw .empty(what: "cohort scores") }
        try requireFinite(cohortScores, set: "cohort")
        let used = top.map { Array(ascending(cohortScores).suffix($0)) } ?? cohortScores
        let origin = used[0]
        let offset = used.reduce(0) { $0 + ($1 - origin) } / Double(used.count)
        let variance = used.reduce(0) { $0 + ($1 - origin - offset) * ($1 - origin - offset) } / Double(used.count)
        guard variance > 0 else { throw .constantCohort(score: origin) }
        mean = origin + offset
        standardDeviation = variance.squareRoot()
    }
}

/// A score normalised from both sides:
///
/// ```
/// s′ = ½ [ (s − μ_e)/σ_e + (s − μ_t)/σ_t ]
/// ```
///
/// with the cohort moments of the enrolled and of the test item. S-norm with moments over the whole cohort, AS-norm
/// with those over the most similar part. The cohort must be of other people than the trials.
public func symmetricallyNormalized(_ score: Double, enrolled: CohortMoments, test: CohortMoments) -> Double {
    ((score - enrolled.mean) / enrolled.standardDeviation + (score - test.mean) / test.standardDeviation) / 2
}
