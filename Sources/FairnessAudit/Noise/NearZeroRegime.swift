import Foundation

/// Whether few people stand near the decision border, so few that the dimension does not matter.
///
/// If P(|α| ≤ t) ≤ c t for all t, then E Φ(−|α|/σ) ≤ c σ / √(2π), whatever the dimension. On a finite sample some c
/// fits always, so c is taken over t ≥ t₀ = σ/10 from the empirical distribution with its 95 % band (Dvoretzky,
/// Kiefer, Wolfowitz), and what lies under t₀ is added in full:
///
///     E Φ(−|α|/σ) ≤ c σ / √(2π) + F(t₀) + DKW
public struct NearZeroRegime: Sendable, Codable {
    public let partition: String
    public let group: String
    /// sup over t ≥ t₀ of (F(t) + DKW) / t
    public let constant: Double
    /// On the expected share of changed decisions.
    public let bound: Double
    /// The same on either half of the group.
    public let halves: [Double]

    /// Under half of the trivial ½, and on either half within a half of the whole.
    public var isSupported: Bool {
        bound < 0.25 && halves.allSatisfy { $0 < 0.25 && abs($0 - bound) <= 0.5 * bound }
    }

    /// - Parameter margins: `|α|` of the group; every other one goes to either half.
    init(partition: String, group: String, margins: [Double], scale: Double) {
        self.partition = partition
        self.group = group
        let whole = Self.bound(margins.sorted(), scale: scale)
        constant = whole.constant
        bound = whole.bound
        halves = [0, 1].map { half in
            let part = margins.indices.filter { $0 % 2 == half }.map { margins[$0] }.sorted()
            return Self.bound(part, scale: scale).bound
        }
    }

    static func bound(_ sorted: [Double], scale: Double) -> (constant: Double, bound: Double) {
        guard !sorted.isEmpty else { return (.infinity, 0.5) }
        let count = Double(sorted.count)
        // P(sup |F − F̂| > d) ≤ 2 e^(−2nd²)
        let band = (log(2 / 0.05) / (2 * count)).squareRoot()
        let start = scale / 10
        let under = sorted.partitioningIndex { $0 > start }
        var constant = min(1, Double(under) / count + band) / start
        // Between two people F stays and t grows, so the supremum is at a person.
        for place in under..<sorted.count {
            constant = max(constant, min(1, Double(place + 1) / count + band) / sorted[place])
        }
        let bound = constant * scale / (2 * Double.pi).squareRoot() + Double(under) / count + band
        return (constant, min(0.5, bound))
    }
}

extension Array {
    /// The first place whose element fulfils a predicate that holds from some place on.
    fileprivate func partitioningIndex(_ holds: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if holds(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
