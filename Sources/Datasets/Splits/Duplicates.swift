import Dispatch

/// Items of equal content, byte for byte.
///
/// A picture under two labels teaches a contradiction; one on two sides of a split makes the measured
/// numbers too good. Both are refused unless allowed.
public struct Duplicates: Sendable, Hashable {
    /// A set of equal items that must not be.
    public struct Conflict: Sendable, Hashable {
        /// The items' places.
        public let places: [String]
        /// Their labels, where they differ.
        public let labels: [String]
        /// The sets they are in, where these differ.
        public let sets: [String]
    }

    /// Sets of two or more indices of equal items, ascending, by their first index.
    public let groups: [[Int]]

    /// A hash of each item's content, of 64 bits: for finding equals and changes, not for security.
    /// 0 of an item that could not be read.
    public let contentHashes: [UInt64]

    /// Hashes all items on all processor cores and compares those whose hashes agree.
    ///
    /// - Throws: ``DataError`` for the first item, in order, that cannot be read.
    public init(in source: any ItemSource) throws {
        let items = source.items
        try self.init(in: source, hashes: parallelMap(items.count) { contentHash(try source.bytes(of: items[$0])) })
    }

    /// Compares the items whose hashes agree; those without one are passed over.
    init(in source: any ItemSource, hashes: [UInt64?]) throws {
        let items = source.items
        contentHashes = hashes.map { $0 ?? 0 }
        let hashed = items.indices.filter { hashes[$0] != nil }
        let candidates = Dictionary(grouping: hashed) { hashes[$0] }.values.filter { $0.count > 1 }
        groups = try candidates.flatMap { indices in
            try equalItems(indices) { try source.bytes(of: items[$0]) }
        }.sorted { $0[0] < $1[0] }
    }

    /// The groups with two labels, or on two sides of `split`.
    public func conflicts(in source: any ItemSource, split: Split? = nil) -> [Conflict] {
        let items = source.items
        var setOfItem: [Int: String] = [:]
        for part in split?.parts ?? [] {
            for index in part.indices { setOfItem[index] = part.name }
        }
        return groups.compactMap { group in
            let labels = Set(group.map { items[$0].label }).sorted(by: precedesNaturally)
            let sets = orderedSetNames(Set(group.compactMap { setOfItem[$0] }))
            guard labels.count > 1 || sets.count > 1 else { return nil }
            return Conflict(
                places: group.map { source.place(of: items[$0]) }, labels: labels.count > 1 ? labels : [],
                sets: sets.count > 1 ? sets : [])
        }
    }

    /// Throws all conflicts together unless they are allowed.
    ///
    /// - Throws: ``DuplicateError``.
    public func check(in source: any ItemSource, split: Split? = nil, allowed: Bool = false) throws {
        let conflicts = conflicts(in: source, split: split)
        guard allowed || conflicts.isEmpty else { throw DuplicateError(conflicts: conflicts) }
    }
}

/// Equal files under two labels or on two sides of a split.
public struct DuplicateError: Error, Hashable, Sendable, CustomStringConvertible {
    public let conflicts: [Duplicates.Conflict]

    public var description: String {
        let lines = conflicts.map { conflict in
            var reasons: [String] = []
            if !conflict.labels.isEmpty { reasons.append("labels \(listed(conflict.labels))") }
            if !conflict.sets.isEmpty { reasons.append("sets \(listed(conflict.sets))") }
            return "  \(conflict.places.joined(separator: " = ")): \(reasons.joined(separator: "; "))"
        }
        return "equal files under different labels or on different sides of the split "
            + "(remove them, or say `allow_duplicates: true`):\n" + lines.joined(separator: "\n")
    }
}

/// The sets of two or more of `indices` whose bytes are equal.
func equalItems(_ indices: [Int], bytes: (Int) throws -> [UInt8]) rethrows -> [[Int]] {
    var sets: [(content: [UInt8], members: [Int])] = []
    for index in indices {
        let content = try bytes(index)
        if let set = sets.firstIndex(where: { $0.content == content }) {
            sets[set].members.append(index)
        } else {
            sets.append((content, [index]))
        }
    }
    return sets.map(\.members).filter { $0.count > 1 }
}
