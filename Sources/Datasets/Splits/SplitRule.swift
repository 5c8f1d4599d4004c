/// How samples are dealt out into sets.
public enum SplitRule: Sendable, Hashable {
    /// The identities of each set by name; those that are not named go to the set `rest`, or to none.
    case lists([List], rest: String? = nil)
    /// A share of the identities for each set; of each identity's pictures where identities are shared.
    case fractions([Fraction], seed: UInt64)
    /// A file that assigns every identity.
    case file(SplitFile)
    /// The manifest's own column; items without an entry are left out.
    case column

    /// A set and its identities.
    public struct List: Sendable, Hashable {
        public var name: String
        public var identities: [String]

        public init(name: String, identities: [String]) {
            self.name = name
            self.identities = identities
        }
    }

    /// A set and its share, more than 0; what all shares leave of 1 stays out.
    public struct Fraction: Sendable, Hashable {
        public var name: String
        public var share: Double

        public init(name: String, share: Double) {
            self.name = name
            self.share = share
        }

        static func check(_ fractions: [Fraction]) throws {
            for fraction in fractions where !(fraction.share > 0) {
                throw SplitError.invalidFractions("'\(fraction.name)' has the share \(fraction.share), not more than 0")
            }
            let sum = fractions.reduce(0) { $0 + $1.share }
            // A sum of decimal shares such as 0.7 + 0.2 + 0.1 misses 1 by rounding.
            guard sum <= 1 + 1e-9 else {
                throw SplitError.invalidFractions("the shares add up to \(sum), more than 1")
            }
            guard !fractions.isEmpty, Set(fractions.map(\.name)).count == fractions.count else {
                throw SplitError.invalidFractions("each set is named once, and at least one is")
            }
        }
    }
}

/// Set names in their usual order: train, development, test, then any others naturally.
func orderedSetNames(_ names: Set<String>) -> [String] {
    let usual = [Split.training, Split.development, Split.test]
    return usual.filter(names.contains) + names.subtracting(usual).sorted(by: precedesNaturally)
}
