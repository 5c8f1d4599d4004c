/// What data consist of: for each identity of each set, how many samples and a hash of their names and contents.
///
/// Two fingerprints are equal when names, contents, labels, landmarks and sets are, wherever the data lie. What
/// differs is told by identity.
public struct DataFingerprint: Sendable, Hashable, Codable {
    public struct Part: Sendable, Hashable, Codable {
        public let set: String
        public let label: String
        public let samples: Int
        /// 16 hexadecimal digits.
        public let hash: String
    }

    /// In the order of the sets, then of the labels.
    public let parts: [Part]

    /// - Parameter hashes: one for each item's content, as ``Duplicates/contentHashes`` has them.
    public init(of items: [Item], hashes: [UInt64], split: Split) {
        precondition(items.count == hashes.count, "a hash for each item")
        parts = split.parts.flatMap { part in
            let members = Dictionary(grouping: part.indices) { items[$0].label }
            return members.sorted { precedesNaturally($0.key, $1.key) }.map { label, indices in
                let lines = indices.map { index in
                    let item = items[index]
                    let points = item.landmarks.map { "\($0)" } ?? ""
                    return "\(item.path)\0\(item.record ?? -1)\0\(points)\0\(hashes[index])\0"
                }
                let hash = contentHash(Array(lines.joined().utf8))
                return Part(set: part.name, label: label, samples: indices.count, hash: hexadecimal(hash))
            }
        }
    }

    /// All of it in 16 hexadecimal digits.
    public var hash: String {
        hexadecimal(contentHash(Array(parts.map { "\($0.set)\0\($0.label)\0\($0.hash)\0" }.joined().utf8)))
    }

    public var samples: Int { parts.reduce(0) { $0 + $1.samples } }

    /// What these data have otherwise than earlier ones, one sentence for each identity.
    public func differences(from earlier: DataFingerprint) -> [String] {
        struct Place: Hashable {
            let set, label: String
        }
        func byPlace(_ fingerprint: DataFingerprint) -> [Place: Part] {
            Dictionary(fingerprint.parts.map { (Place(set: $0.set, label: $0.label), $0) }) { first, _ in first }
        }
        let (before, now) = (byPlace(earlier), byPlace(self))
        let changes = parts.compactMap { part -> String? in
            guard let old = before[Place(set: part.set, label: part.label)] else {
                return "“\(part.label)” is new in the set \(part.set)"
            }
            if old.samples != part.samples {
                return "“\(part.label)” has \(part.samples) samples in the set \(part.set) and had \(old.samples)"
            }
            return old.hash == part.hash ? nil : "“\(part.label)” has other names or contents in the set \(part.set)"
        }
        let gone = earlier.parts.filter { now[Place(set: $0.set, label: $0.label)] == nil }
            .map { "“\($0.label)” is no longer in the set \($0.set)" }
        return changes + gone
    }
}

private func hexadecimal(_ hash: UInt64) -> String {
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
}
