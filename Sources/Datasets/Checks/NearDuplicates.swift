/// Pictures that look the same: candidates for a look, not mistakes.
///
/// Hashes that differ in at most r bits agree entirely in one of r + 1 bands of bits at least, so that
/// only hashes with a band in common are compared (Norouzi, Punjani and Fleet, “Fast search in Hamming
/// space with multi-index hashing”, CVPR 2012). What is near is confirmed by the thumbnails.
public struct NearDuplicates: Sendable {
    public struct Pair: Sendable, Hashable {
        public let first: Int
        public let second: Int
        /// Of the thumbnails.
        public let correlation: Double
    }

    /// By the first index, then the second.
    public let pairs: [Pair]
    /// Whether there are more than the limit allows to list.
    public let isCut: Bool

    /// - Parameters:
    ///   - fingerprints: of the items by index; `nil` for those that are not compared.
    ///   - radius: the most bits in which hashes differ, 0 to 15.
    ///   - least: the least correlation.
    ///   - limit: the most pairs that are looked for.
    ///   - concerns: which pairs matter, such as those over a split.
    public init(
        of fingerprints: [PictureFingerprint?], radius: Int = 4, correlation least: Double = 0.98,
        limit: Int = 10_000, where concerns: (Int, Int) -> Bool
    ) {
        precondition((0...15).contains(radius), "a radius that bands can find")
        var indices: [UInt64: [Int]] = [:]
        for (index, fingerprint) in fingerprints.enumerated() {
            if let fingerprint { indices[fingerprint.hash, default: []].append(index) }
        }
        var found: [Pair] = []
        func compare(_ a: Int, _ b: Int) {
            let (first, second) = (min(a, b), max(a, b))
            guard found.count <= limit, concerns(first, second), let one = fingerprints[first],
                let other = fingerprints[second]
            else { return }
            let correlation = one.correlation(with: other)
            if correlation >= least { found.append(Pair(first: first, second: second, correlation: correlation)) }
        }
        for members in indices.values {
            for (position, a) in members.enumerated() where found.count <= limit {
                for b in members[(position + 1)...] { compare(a, b) }
            }
        }
        forEachHashPair(Array(indices.keys), radius: radius) { a, b in
            for first in indices[a, default: []] {
                for second in indices[b, default: []] { compare(first, second) }
            }
            return found.count <= limit
        }
        isCut = found.count > limit
        pairs = found.prefix(limit).sorted { ($0.first, $0.second) < ($1.first, $1.second) }
    }
}

/// Goes over the pairs of different hashes that differ in at most `radius` bits, each once, until `body` says `false`. There
/// may be as many as half the square of the hashes, so that they are not kept.
func forEachHashPair(_ hashes: [UInt64], radius: Int, _ body: (UInt64, UInt64) -> Bool) {
    let bands = (0...radius).map { band -> UInt64 in
        let (start, end) = (64 * band / (radius + 1), 64 * (band + 1) / (radius + 1))
        return (end - start == 64 ? .max : (1 << UInt64(end - start) - 1)) << UInt64(start)
    }
    for (number, band) in bands.enumerated() {
        let ordered = hashes.sorted { ($0 & band, $0) < ($1 & band, $1) }
        var start = 0
        while start < ordered.count {
            var end = start + 1
            while end < ordered.count, ordered[end] & band == ordered[start] & band { end += 1 }
            for first in start..<end {
                for second in first + 1..<max(end, first + 1) {
                    let difference = ordered[first] ^ ordered[second]
                    // The first band in common reports the pair.
                    if difference.nonzeroBitCount <= radius, bands[..<number].allSatisfy({ difference & $0 != 0 }),
                        !body(ordered[first], ordered[second])
                    {
                        return
                    }
                }
            }
            start = end
        }
    }
}
