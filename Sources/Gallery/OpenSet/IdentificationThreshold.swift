import Verification

/// The threshold from which on the best match is taken for who it is, with all that is needed to judge it.
///
/// FPIR(t) is the share of searches for people who are not in the gallery whose best score is ≥ t. It is measured by
/// searching for strangers, and grows with the gallery: a threshold holds for the size it was made for.
public struct IdentificationThreshold: Hashable, Sendable, Codable {
    /// A best score of at least this is taken for the identity; below, the answer is "nobody".
    public let threshold: Double
    /// The false positive identification rate that was asked for.
    public let rateAsked: Double
    /// The rate among the strangers: the highest attainable one that is not over the rate asked.
    public let rateAttained: Double
    /// The strangers' pictures that were searched for.
    public let strangerCount: Int
    /// The size of the gallery it was made for.
    public let identityCount: Int
    public let sampleCount: Int
    /// Whether the rate asked is at least 30 / `strangerCount`; below, the attained rate is mostly chance.
    public let isSupported: Bool

    /// The lowest threshold at which at most the share `rate` of the strangers is taken for somebody.
    ///
    /// - Parameters:
    ///   - rate: above 0 and below 1.
    ///   - best: each stranger's best score, ascending; at least one.
    init(rate: Double, best: [Double], size: GallerySize) {
        precondition(rate > 0 && rate < 1 && !best.isEmpty, "a rate above 0 and below 1, of at least one stranger")
        var allowed = Int((rate * Double(best.count)).rounded())
        if Double(allowed) / Double(best.count) > rate { allowed -= 1 }
        threshold = best[best.count - allowed - 1].nextUp
        rateAsked = rate
        let threshold = threshold
        rateAttained = Double(best.count { $0 >= threshold }) / Double(best.count)
        strangerCount = best.count
        identityCount = size.identities
        sampleCount = size.samples
        isSupported = rate >= lowestSupportedFalseAcceptRate(impostorCount: best.count)
    }

    /// The rate to take where none is stated: 1 %, or the lowest of a short ladder that so many strangers support.
    static func supportedRate(strangerCount: Int) -> Double? {
        [0.01, 0.02, 0.05, 0.1, 0.2, 0.5].first { $0 >= lowestSupportedFalseAcceptRate(impostorCount: strangerCount) }
    }

    public func accepts(_ score: Double) -> Bool { score >= threshold }
}
