/// Batches of P identities with K pictures each, for objectives that compare within a batch.
///
/// In an epoch an identity of n pictures gives ⌊n / K⌋ blocks of K different pictures, at least one
/// block; the pictures over are others each time. Where it has fewer than K, pictures repeat. No
/// identity is twice in a batch, so blocks that are left when fewer than P identities remain wait for
/// another epoch.
public struct IdentitySampler: Sampler {
    /// The indices of each identity.
    public let members: [[Int]]
    public let identitiesInBatch: Int
    public let picturesOfIdentity: Int
    public let seed: UInt64

    public var batchSize: Int { identitiesInBatch * picturesOfIdentity }

    /// - Parameter members: the indices of each identity; those without any are passed over.
    /// - Throws: ``SamplerError/tooFewIdentities(needed:present:)``.
    /// - Precondition: both numbers are positive.
    public init(members: [[Int]], identitiesInBatch: Int, picturesOfIdentity: Int, seed: UInt64) throws {
        precondition(identitiesInBatch > 0 && picturesOfIdentity > 0, "a batch holds at least one sample")
        self.members = members.filter { !$0.isEmpty }
        guard self.members.count >= identitiesInBatch else {
            throw SamplerError.tooFewIdentities(needed: identitiesInBatch, present: self.members.count)
        }
        self.identitiesInBatch = identitiesInBatch
        self.picturesOfIdentity = picturesOfIdentity
        self.seed = seed
    }

    public func order(epoch: Int) -> [Int] {
        var generator = SeededGenerator(seed: seed, stream: UInt64(epoch))
        var batches = batchesOfIdentities(&generator)
        // Later batches are richer in identities with many pictures; mix them among the others.
        generator.shuffle(&batches)
        var decks = members.map { ShuffledDeck($0) }
        return batches.flatMap { identities in
            identities.flatMap { identity in
                (0..<picturesOfIdentity).map { _ in decks[identity].draw(&generator) }
            }
        }
    }

    /// Deals blocks into batches, in order; an identity that a batch already has waits for the next.
    private func batchesOfIdentities(_ generator: inout SeededGenerator) -> [[Int]] {
        let blocks = blocksInRounds(&generator)
        var next = blocks.startIndex
        var waiting: [Int] = []
        var batches: [[Int]] = []
        while true {
            var batch: [Int] = []
            var present: Set<Int> = []
            var stillWaiting: [Int] = []
            func deal(_ identity: Int) {
                if batch.count < identitiesInBatch, present.insert(identity).inserted {
                    batch.append(identity)
                } else {
                    stillWaiting.append(identity)
                }
            }
            waiting.forEach(deal)
            while batch.count < identitiesInBatch, next < blocks.endIndex {
                deal(blocks[next])
                next += 1
            }
            guard batch.count == identitiesInBatch else { return batches }
            batches.append(batch)
            waiting = stillWaiting
        }
    }

    /// Each identity once for each of its blocks: shuffled rounds of those that have blocks left, so
    /// that the same identity rarely comes twice in short order.
    private func blocksInRounds(_ generator: inout SeededGenerator) -> [Int] {
        var round = Array(members.indices)
        var blocks: [Int] = []
        var number = 1
        while !round.isEmpty {
            generator.shuffle(&round)
            blocks += round
            number += 1
            round.removeAll { members[$0].count / picturesOfIdentity < number }
        }
        return blocks
    }
}
