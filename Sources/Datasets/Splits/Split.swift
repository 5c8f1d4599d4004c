/// Samples dealt out into named sets: train, development, test and any others.
///
/// Sets hold indices into the items they were made from, in ascending order. A group is never on two
/// sides, nor is an identity unless ``IdentitySharing/shared`` says so: numbers measured on people the
/// network was trained on do not tell how it treats strangers.
public struct Split: Sendable, Hashable {
    /// One set.
    public struct Part: Sendable, Hashable {
        public let name: String
        public let indices: [Int]
    }

    /// The names of the sets that train a model, choose its settings, and measure it.
    public static let training = "train"
    public static let development = "development"
    public static let test = "test"

    /// The sets in the rule's order.
    public let parts: [Part]
    /// Items that the rule leaves out.
    public let unassigned: [Int]

    /// The indices of the set with that name.
    public subscript(name: String) -> [Int]? {
        parts.first { $0.name == name }?.indices
    }

    /// Deals out `items` and checks the outcome.
    ///
    /// - Parameters:
    ///   - identities: whether an identity may be in several sets.
    ///   - fold: which part of the training and development samples is the development set; `nil` leaves the
    ///     rule's own.
    ///   - thinning: the training samples that are left out; `nil` for none.
    ///   - purpose: what the sets must be able to carry.
    /// - Throws: ``SplitError``.
    public init(
        of items: [Item], by rule: SplitRule, identities: IdentitySharing = .disjoint, fold: SplitFold? = nil,
        thinning: TrainingThinning? = nil, for purpose: SplitPurpose = .classification
    ) throws {
        guard !items.isEmpty else { throw SplitError.noItems }
        let labels = Set(items.map(\.label))
        guard labels.count > 1 else { throw SplitError.oneIdentity(items[0].label) }

        var names: [String]
        var assignment: [String?]
        switch rule {
        case .lists(let lists, let rest):
            (names, assignment) = try assigned(items, lists: lists, rest: rest)
        case .file(let file):
            (names, assignment) = try assigned(items, file: file)
        case .column:
            (names, assignment) = try assignedByColumn(items)
        case .fractions(let fractions, let seed):
            try SplitRule.Fraction.check(fractions)
            names = fractions.map(\.name)
            assignment =
                identities == .disjoint
                ? assignedIdentities(items, fractions, seed: seed)
                : assignedPictures(items, fractions, seed: seed)
        }
        if let fold {
            assignment = try fold.applied(to: assignment, items)
            names = orderedSetNames(Set(names).union([Split.development]))
        }
        if let thinning { assignment = try thinning.applied(to: assignment, items) }
        parts = names.map { name in
            Part(name: name, indices: items.indices.filter { assignment[$0] == name })
        }
        unassigned = items.indices.filter { assignment[$0] == nil }
        try check(items, identities: identities, purpose: purpose)
    }
}

/// Whether an identity may be in several sets of a ``Split``.
public enum IdentitySharing: String, Sendable, Hashable, Codable {
    /// No identity is in two sets: verification, open set.
    case disjoint
    /// Every set has the first set's identities with other pictures: classification, closed set.
    case shared
}

/// What the sets of a ``Split`` are for.
public enum SplitPurpose: String, Sendable, Hashable, Codable {
    /// Every set holds at least one sample.
    case classification
    /// Every set also holds two identities, and every set but the first two pictures of one identity:
    /// pairs of strangers and pairs of one person.
    case verification
}
