/// Every class equally often, however many samples it has.
///
/// The order goes round and round through all classes, each round in a new order; a class gives its
/// samples in a shuffled order and starts over, shuffled again, when they are used up. At any point of
/// an epoch the classes' counts differ by one at most.
public struct BalancedSampler: Sampler {
    /// The indices of each class.
    public let members: [[Int]]
    public let batchSize: Int
    /// Samples drawn in an epoch.
    public let epochLength: Int
    public let seed: UInt64

    /// - Parameters:
    ///   - members: the indices of each class; classes without any are passed over.
    ///   - epochLength: samples drawn in an epoch; as many as there are unless given.
    /// - Throws: ``SamplerError/noSamples``.
    /// - Precondition: `batchSize` is positive and `epochLength` not negative.
    public init(members: [[Int]], batchSize: Int, epochLength: Int? = nil, seed: UInt64) throws {
        precondition(batchSize > 0, "a batch holds at least one sample")
        precondition(epochLength ?? 0 >= 0, "an epoch has no negative length")
        self.members = members.filter { !$0.isEmpty }
        guard !self.members.isEmpty else { throw SamplerError.noSamples }
        self.batchSize = batchSize
        self.epochLength = epochLength ?? members.reduce(0) { $0 + $1.count }
        self.seed = seed
    }

    public func order(epoch: Int) -> [Int] {
        var generator = SeededGenerator(seed: seed, stream: UInt64(epoch))
        var decks = members.map { ShuffledDeck($0) }
        var round = Array(members.indices)
        var order: [Int] = []
        order.reserveCapacity(epochLength)
        while order.count < epochLength {
            generator.shuffle(&round)
            for number in round.prefix(epochLength - order.count) {
                order.append(decks[number].draw(&generator))
            }
        }
        return order
    }
}

/// Draws without replacement, and shuffles again when all are drawn.
struct ShuffledDeck {
    private var cards: [Int]
    private var next: Int

    init(_ cards: [Int]) {
        self.cards = cards
        self.next = cards.count
    }

    mutating func draw(_ generator: inout SeededGenerator) -> Int {
        if next == cards.count {
            generator.shuffle(&cards)
            next = 0
        }
        next += 1
        return cards[next - 1]
    }
}
