/// A metric's value with its interval.
public struct Estimate: Hashable, Sendable, Codable {
    /// The metric's full name, for example `EER[interpolated]`.
    public let name: String
    /// The value on the trials as they are.
    public let value: Double
    /// Whether there were trials enough for it; false for a rate read at a FAR below 30 / (impostor trials).
    public let isSupported: Bool
    /// The percentile interval of the replicates.
    public let interval: Interval
    /// The value on every draw, in order of the draws; equal places belong to equal draws in all estimates of
    /// one report.
    public let replicates: [Double]
}

/// What a bootstrap over identities found, and on how much.
public struct BootstrapReport: Hashable, Sendable, Codable {
    /// One estimate per metric, in the order asked.
    public let estimates: [Estimate]
    /// What was drawn.
    public let resampling: Resampling
    /// The number of identities (or other units that are drawn) in the trials, which is how many every draw takes.
    public let identityCount: Int
    /// The number of draws.
    public let drawCount: Int
    /// How often a draw had no impostor trial (or no genuine one) and was drawn again.
    public let redrawnCount: Int
    /// The seed, which gives the same report again.
    public let seed: UInt64

    /// What the intervals are, in words for a table's caption.
    public var method: String {
        "percentile bootstrap over \(identityCount) \(resampling.rawValue), \(drawCount) draws, \(redrawnCount) redrawn, seed \(seed)"
    }

    /// Under 20 identities, a warning: so few do not stand for a population. Where single trials or samples
    /// were drawn, one that such intervals are too narrow.
    public var caveat: String? {
        switch resampling {
        case .trials: "this interval takes trials for independent; where they share people it is too narrow"
        case .samples: Self.independenceCaveat
        case .identities, .speakersAndAttacks, .groups:
            identityCount < Self.identityCountForPopulation
                ? "this interval is about these \(identityCount) \(resampling.rawValue)" : nil
        }
    }

    /// What is to be said of intervals that resample single samples of a classifier.
    static let independenceCaveat =
        "intervals take samples for independent; where several show one thing they are too narrow"

    /// The number of identities from which on an interval may be read as one about people at large.
    public static let identityCountForPopulation = 20
}
