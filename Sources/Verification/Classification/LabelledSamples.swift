/// Samples of which each belongs to one of `classCount` classes, and perhaps to a group of samples that are not
/// independent: the pictures of one person, the frames of one track.
public struct LabelledSamples: Hashable, Sendable {
    /// The number of classes, which have the numbers 0 ..< `classCount`; some may be without samples.
    public let classCount: Int
    /// The class of each sample.
    public let labels: [Int]
    /// The group of each sample, 0 ..< ``groupCount`` in the order in which they first appear; none where samples are
    /// taken as independent.
    public let groups: [Int]?
    /// The number of groups, 0 without groups.
    public let groupCount: Int

    /// The number of samples, at least one.
    public var count: Int { labels.count }

    /// Takes independent samples.
    ///
    /// - Throws: ``VerificationError`` if there are no samples, or a label is not one of the classes.
    public init(labels: [Int], classCount: Int) throws(VerificationError) {
        try self.init(labels: labels, classCount: classCount, groups: [Int]?.none)
    }

    /// Takes samples in groups; in none they are independent.
    ///
    /// - Throws: ``VerificationError`` if there are no samples, a label is not one of the classes, or there is not one
    ///   group per sample.
    public init<Group: Hashable>(labels: [Int], classCount: Int, groups: [Group]?) throws(VerificationError) {
        if let groups, groups.count != labels.count {
            throw .countMismatch(what: "groups of samples", count: groups.count, expected: labels.count)
        }
        guard classCount > 0 else { throw .empty(what: "classes") }
        guard !labels.isEmpty else { throw .empty(what: "samples") }
        try requireClasses(labels, what: "label", classCount: classCount)
        self.classCount = classCount
        self.labels = labels
        var numbers: [Group: Int] = [:]
        self.groups = groups.map { groups in
            groups.map { group in
                let number = numbers[group] ?? numbers.count
                numbers[group] = number
                return number
            }
        }
        groupCount = numbers.count
    }

    /// The number of groups that have a sample for each class, where a sample is for its label or for what was decided;
    /// the number of samples for each class where there are no groups.
    func unitCounts(byClass classes: [Int]) -> [Int] {
        var counts = Array(repeating: 0, count: classCount)
        guard let groups else {
            for index in classes { counts[index] += 1 }
            return counts
        }
        for pair in Set(zip(classes, groups).map { $0 * groupCount + $1 }) { counts[pair / groupCount] += 1 }
        return counts
    }
}

/// Refuses a list with a number that is no class, naming the first.
func requireClasses(_ values: [Int], what: String, classCount: Int) throws(VerificationError) {
    if let sample = values.firstIndex(where: { !(0..<classCount).contains($0) }) {
        throw .notAClass(what: what, sample: sample, value: values[sample], classCount: classCount)
    }
}
