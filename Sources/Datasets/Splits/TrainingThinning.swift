import Suggestions

/// Leaves out training samples of some classes, to see what a method makes of a rare one.
///
/// Of a class with n training samples, whole groups are drawn in a random order until round(n·share) samples are
/// reached as nearly as groups allow, and one group at least. Other sets and classes stay as they are.
public struct TrainingThinning: Sendable, Hashable {
    /// The share of its training samples that a class keeps, by the class's name.
    public var shares: [String: Double]
    public var seed: UInt64

    /// - Precondition: shares are above 0 and at most 1.
    public init(_ shares: [String: Double], seed: UInt64) {
        precondition(shares.values.allSatisfy { $0 > 0 && $0 <= 1 }, "a class keeps more than nothing, and at most all")
        self.shares = shares
        self.seed = seed
    }

    /// The sets without the samples that are left out.
    ///
    /// - Throws: ``SplitError`` for a class that has no training samples, with the nearest that has.
    func applied(to assignment: [String?], _ items: [Item]) throws -> [String?] {
        let members = items.indices.filter { assignment[$0] == Split.training }
        var generator = SeededGenerator(seed: seed, stream: 0x7417)
        let lots = shuffledLots(of: members, items, &generator)
        let unknown = shares.keys.filter { lots[$0] == nil }.sorted(by: precedesNaturally)
        guard unknown.isEmpty else {
            throw SplitError.unknownIdentities(
                unknown.map { .init(name: $0, nearest: nearest($0, among: lots.keys)) }, place: "data.keep")
        }
        var assignment = assignment
        for (label, share) in shares {
            let own = lots[label, default: []]
            let wanted = (Double(own.reduce(0) { $0 + $1.count }) * share).rounded()
            var kept = 0
            for (place, lot) in own.enumerated() {
                // A lot is kept if that comes nearer to what is wanted than leaving it.
                if place == 0 || Double(kept) + Double(lot.count) / 2 <= wanted {
                    kept += lot.count
                } else {
                    for index in lot { assignment[index] = nil }
                }
            }
        }
        return assignment
    }
}
