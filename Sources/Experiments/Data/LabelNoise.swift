import Datasets
import Foundation

/// Wrong labels for a share of the training samples, to see what a method makes of them.
///
/// Of n samples, ⌊n·share⌉ are drawn without replacement, and each takes one of the other classes, all equally
/// likely. Development and test labels stay as they are.
struct LabelNoise {
    let share: Double
    let seed: UInt64

    /// One label that was replaced.
    struct Change: Equatable {
        /// The item's place in its source.
        let index: Int
        let before: String
        let now: String
    }

    /// - Parameters:
    ///   - indices: of the training set.
    ///   - labels: of these, in their order.
    func changes(of indices: [Int], labels: [String], classes: Classes) -> [Change] {
        guard classes.names.count > 1 else { return [] }
        let count = Int((share * Double(indices.count)).rounded())
        // A stream of its own: nothing else that is random changes with the noise.
        var generator = SeededGenerator(seed: seed, stream: 0x1ABE1)
        var places = Array(indices.indices)
        return (0..<count).map { place in
            places.swapAt(place, place + generator.integer(below: places.count - place))
            let label = labels[places[place]]
            var number = generator.integer(below: classes.names.count - 1)
            if let own = classes.number(of: label), number >= own { number += 1 }
            return Change(index: indices[places[place]], before: label, now: classes.names[number])
        }.sorted { $0.index < $1.index }
    }
}

/// A source in which some items have another label.
struct RelabelledSource: ItemSource {
    let items: [Item]
    private let source: any ItemSource

    init(_ source: any ItemSource, _ changes: [LabelNoise.Change]) {
        var items = source.items
        for change in changes { items[change.index].label = change.now }
        self.items = items
        self.source = source
    }

    func bytes(of item: Item) throws -> [UInt8] { try source.bytes(of: item) }

    func place(of item: Item) -> String { source.place(of: item) }
}

extension RunFolder {
    /// Writes down which training labels were replaced.
    func write(_ changes: [LabelNoise.Change], of source: any ItemSource) throws {
        let rows = changes.map { change in
            [source.items[change.index].path, change.before, change.now].map(commaSeparatedCell)
                .joined(separator: ",")
        }
        let text = (["path,label,trained_as"] + rows).joined(separator: "\n") + "\n"
        try writeAtomically(text, to: labelNoise, isDuringRun: true)
    }
}
