/// Why samples cannot be split as asked.
public enum SplitError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A name that no item bears, and the one that may be meant.
    public struct Unknown: Hashable, Sendable {
        public let name: String
        public let nearest: String?
    }

    case noItems
    case oneIdentity(String)
    case invalidFractions(String)
    /// Identities of a list or file that the data do not have.
    case unknownIdentities([Unknown], place: String)
    /// Identities of the data that a split file does not assign.
    case unlistedIdentities([String], place: String)
    /// One identity in two lists.
    case listedTwice(String, sets: [String])
    /// No item has an entry in the column.
    case noColumn
    case emptySet(String, detail: String)
    /// Identities on two sides of a disjoint split.
    case identitiesOnTwoSides([String])
    /// Groups on two sides.
    case groupsOnTwoSides([String])
    /// Labels of a later set that the first set lacks, where identities are shared.
    case unseenLabels([String], set: String, first: String)
    /// A set that has no pairs to verify.
    case noPairs(set: String, detail: String)
    /// A class with too few groups, or samples without a group, for every fold to train on it.
    case tooFewForFolds(String, groups: Int)

    /// The names that a message shows.
    static let shownCount = 5

    public var description: String {
        switch self {
        case .noItems:
            return "there are no samples to split"
        case .oneIdentity(let label):
            return "all samples bear the label '\(label)': at least two identities are needed"
        case .invalidFractions(let detail):
            return "the fractions of the split: \(detail)"
        case .unknownIdentities(let unknown, let place):
            let names = unknown.prefix(Self.shownCount).map { entry in
                "'\(entry.name)'" + (entry.nearest.map { " (nearest: '\($0)')" } ?? "")
            }
            let more = unknown.count > Self.shownCount ? " and \(unknown.count - Self.shownCount) more" : ""
            return "\(place) names identities that the data do not have: \(names.joined(separator: ", "))\(more)"
        case .unlistedIdentities(let labels, let place):
            return "\(place) does not assign \(listed(labels)); "
                + "add a line for each, with an empty split to leave it out"
        case .listedTwice(let label, let sets):
            return "the identity '\(label)' is listed for \(listed(sets))"
        case .noColumn:
            return "no sample has a split: the manifest needs a column 'split', or the recipe another rule"
        case .emptySet(let name, let detail):
            return "the set '\(name)' would be empty: \(detail)"
        case .identitiesOnTwoSides(let labels):
            return "identities in more than one set: \(listed(labels)); "
                + "if sets are to share identities, say `shared_identities: true`"
        case .groupsOnTwoSides(let groups):
            return "groups in more than one set: \(listed(groups)); a group must stay on one side"
        case .unseenLabels(let labels, let set, let first):
            return "the set '\(set)' has labels that '\(first)' lacks: \(listed(labels)); "
                + "with shared identities each must be seen in '\(first)'"
        case .noPairs(let set, let detail):
            return "the set '\(set)' cannot be used for verification: \(detail)"
        case .tooFewForFolds(let label, let groups):
            return
                "'\(label)' has \(groups == 1 ? "one group" : "\(groups) groups") to train and develop on: with folds, "
                + "every class needs two, so that none is without training samples"
        }
    }
}
