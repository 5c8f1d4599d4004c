import Datasets
import Suggestions

/// What one table of a study is about: a class that must not be missed, or several that are looked at together.
public struct CriticalTarget: Hashable, Codable, Sendable {
    /// In natural order.
    public let classes: [String]
    /// How it was asked for where not by name.
    public let role: ClassRole?

    init(_ classes: [String], role: ClassRole? = nil) {
        self.classes = classes.sorted(by: precedesNaturally)
        self.role = role
    }

    /// Such as `stop`, or `stop + yield`.
    public var name: String { classes.joined(separator: " + ") }
}

/// A class by its place among all, ordered by recall.
public enum ClassRole: String, CaseIterable, Codable, Sendable {
    case worst
    case secondWorst = "second-worst"
    case median

    /// The class in this place; `nil` where there are too few.
    ///
    /// - Parameter recalls: of every class. Of equal ones the first in natural order counts as worse. Of an even
    ///   number the lower of the two in the middle is the median.
    func pick(among recalls: [String: Double]) -> String? {
        let order = recalls.sorted {
            $0.value == $1.value ? precedesNaturally($0.key, $1.key) : $0.value < $1.value
        }
        let place =
            switch self {
            case .worst: 0
            case .secondWorst: 1
            case .median: (order.count - 1) / 2
            }
        return order.indices.contains(place) ? order[place].key : nil
    }
}

/// The classes as the user names them: by name, or by role.
struct CriticalWish: Sendable {
    let words: [String]
    let isTogether: Bool

    /// A word is a class's name before it is a role.
    ///
    /// - Throws: ``ComparisonError`` for a word that is neither, with the nearest.
    init(_ words: [String], together: Bool, classes: [String]) throws {
        self.words = words
        isTogether = together
        let roles = ClassRole.allCases.map(\.rawValue)
        for word in words where !classes.contains(word) && !roles.contains(word) {
            let hint =
                nearest(word, among: classes + roles).map { "did you mean \($0)?" }
                ?? "there are \(classes.prefix(12).joined(separator: ", "))\(classes.count > 12 ? " and so on" : "")"
            throw ComparisonError(
                "--class \(word): the training set has no such class; \(hint) "
                    + "Beside names there are \(roles.joined(separator: ", "))")
        }
        if let twice = words.first(where: { word in words.count { $0 == word } > 1 }) {
            throw ComparisonError("--class \(twice) is given twice")
        }
    }

    /// The roles among the words, which need to be ranked for.
    func roles(classes: [String]) -> [ClassRole] {
        words.filter { !classes.contains($0) }.compactMap(ClassRole.init)
    }

    /// The targets, in the order of the words; a class that is named and has a role too is one target.
    ///
    /// - Parameter recalls: of every class that may be critical, where there are roles.
    /// - Throws: ``ComparisonError`` where there are too few classes for a role.
    func targets(classes: [String], recalls: [String: Double]) throws -> [CriticalTarget] {
        let single = try words.map { word -> CriticalTarget in
            guard !classes.contains(word), let role = ClassRole(rawValue: word) else { return CriticalTarget([word]) }
            guard let name = role.pick(among: recalls) else {
                throw ComparisonError("--class \(word): there are no more than \(recalls.count) classes to choose from")
            }
            return CriticalTarget([name], role: role)
        }
        if isTogether { return [CriticalTarget(Array(Set(single.flatMap(\.classes))))] }
        var seen: Set<[String]> = []
        return single.filter { seen.insert($0.classes).inserted }
    }
}
