/// The labels of a training set and their numbers: position in natural order.
public struct Classes: Sendable, Hashable {
    /// Each label once, in natural order.
    public let names: [String]
    private let numbers: [String: Int]

    public init(labels: some Sequence<String>) {
        names = Set(labels).sorted(by: precedesNaturally)
        numbers = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    }

    /// The number of a label, nil for one that is not among the classes.
    public func number(of label: String) -> Int? {
        numbers[label]
    }

    /// Those of `indices` that belong to each class, by the labels of `items`.
    public func members(of indices: [Int], in items: [Item]) -> [[Int]] {
        var members = names.map { _ in [Int]() }
        for index in indices {
            if let number = numbers[items[index].label] { members[number].append(index) }
        }
        return members
    }
}
