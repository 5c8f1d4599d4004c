/// What a bootstrap draws, which decides what its intervals are about.
public enum Resampling: String, CaseIterable, Hashable, Sendable, Codable {
    /// Identities: a trial weighs the product of both sides' counts.
    case identities
    /// Speakers for bona fide trials, speakers with attacks for spoofs: a trial weighs its unit's count.
    case speakersAndAttacks = "speakers (bona fide) and speaker × attack pairs (spoof)"
    /// Single trials, as if they were independent. Where they share people, such intervals are far too narrow.
    case trials = "single trials, as if independent"
    /// Groups of samples that a classifier decided about: all samples of a group weigh its count.
    case groups
    /// Single samples that a classifier decided about, taken as independent.
    case samples
}
