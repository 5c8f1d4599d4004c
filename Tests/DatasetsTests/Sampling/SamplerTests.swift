import Testing

@testable import Datasets

@Suite struct SamplerTests {
    private let members = [Array(0..<3), Array(3..<10), [10], Array(11..<31), Array(31..<36), []]
    private let indices = Array(0..<36)

    @Test func ordersDependOnSeedAndEpochAlone() throws {
        func samplers(_ seed: UInt64) throws -> [any Sampler] {
            [
                try ShuffledSampler(indices: indices, batchSize: 5, seed: seed),
                try BalancedSampler(members: members, batchSize: 5, seed: seed),
                try WeightedSampler(
                    members: members, classWeights: [1, 1, 1, 1, 1, 1], inverseFrequencyPower: 0.5, batchSize: 5,
                    seed: seed),
                try IdentitySampler(members: members, identitiesInBatch: 3, picturesOfIdentity: 2, seed: seed),
            ]
        }
        for (first, (again, other)) in zip(try samplers(1), zip(try samplers(1), try samplers(2))) {
            #expect(first.order(epoch: 4) == again.order(epoch: 4))
            #expect(first.order(epoch: 4) != first.order(epoch: 5))
            #expect(first.order(epoch: 4) != other.order(epoch: 4))
        }
    }

    @Test func sequentialAndShuffledVisitEverySampleOnce() throws {
        let sequential = SequentialSampler(indices: indices, batchSize: 5)
        #expect(sequential.batches(epoch: 3).map(\.count) == [5, 5, 5, 5, 5, 5, 5, 1])
        #expect(sequential.order(epoch: 3) == indices)
        let shuffled = try ShuffledSampler(indices: indices, batchSize: 5, seed: 1)
        #expect(shuffled.order(epoch: 0).sorted() == indices)
        let whole = try ShuffledSampler(indices: indices, batchSize: 5, dropsLast: true, seed: 1)
        #expect(whole.batches(epoch: 0).map(\.count) == [5, 5, 5, 5, 5, 5, 5])
        #expect(Set(whole.order(epoch: 0)).count == 35)
    }

    @Test func balancedClassesDifferByOneAtMost() throws {
        let sampler = try BalancedSampler(members: members, batchSize: 4, epochLength: 1003, seed: 2)
        let order = sampler.order(epoch: 0)
        #expect(order.count == 1003)
        let counts = members.dropLast().map { member in order.filter(member.contains).count }
        #expect(spread(counts) <= 1)
        // Within a class, every sample equally often too.
        let within = members[1].map { index in order.filter { $0 == index }.count }
        #expect(spread(within) <= 1)
        #expect(try BalancedSampler(members: members, batchSize: 4, seed: 2).order(epoch: 0).count == 36)
    }

    private func spread(_ counts: [Int]) -> Int {
        (counts.max() ?? 0) - (counts.min() ?? 0)
    }

    @Test func identityBatchesHoldPIdentitiesWithKPictures() throws {
        let classOf = Dictionary(
            uniqueKeysWithValues: members.enumerated().flatMap { number, indices in indices.map { ($0, number) } })
        let sampler = try IdentitySampler(members: members, identitiesInBatch: 3, picturesOfIdentity: 2, seed: 2)
        for epoch in 0..<20 {
            let batches = sampler.batches(epoch: epoch)
            #expect(!batches.isEmpty)
            for batch in batches {
                #expect(batch.count == 6)
                let classes = stride(from: 0, to: 6, by: 2).map { classOf[batch[$0]] }
                #expect(Set(classes).count == 3)
                for pair in stride(from: 0, to: 6, by: 2) {
                    #expect(classOf[batch[pair]] == classOf[batch[pair + 1]])
                    // Only the class of one picture repeats it.
                    #expect(batch[pair] != batch[pair + 1] || batch[pair] == 10)
                }
            }
            let order = batches.flatMap { $0 }.filter { $0 != 10 }
            #expect(Set(order).count == order.count)
        }
    }

    @Test func identityBatchesUseAllBlocksOfEqualIdentities() throws {
        let members = (0..<30).map { Array($0 * 8..<$0 * 8 + 8) }
        let sampler = try IdentitySampler(members: members, identitiesInBatch: 5, picturesOfIdentity: 4, seed: 3)
        #expect(sampler.order(epoch: 0).sorted() == Array(0..<240))
    }

    @Test func impossibleBatchesAreErrors() {
        #expect(throws: SamplerError.tooFewIdentities(needed: 6, present: 5)) {
            try IdentitySampler(members: members, identitiesInBatch: 6, picturesOfIdentity: 2, seed: 2)
        }
        #expect(throws: SamplerError.noSamples) { try BalancedSampler(members: [[]], batchSize: 2, seed: 2) }
        #expect(throws: SamplerError.noSamples) { try ShuffledSampler(indices: [], batchSize: 2, seed: 2) }
        #expect(throws: SamplerError.noWholeBatch(batchSize: 37, samples: 36)) {
            try ShuffledSampler(indices: indices, batchSize: 37, dropsLast: true, seed: 2)
        }
    }

    @Test func classesAreNumberedNaturally() {
        let items = ["s10", "s2", "s10", "s1"].map { Item(path: "", label: $0) }
        let classes = Classes(labels: items.map(\.label))
        #expect(classes.names == ["s1", "s2", "s10"])
        #expect(classes.number(of: "s10") == 2)
        #expect(classes.number(of: "s3") == nil)
        #expect(classes.members(of: [0, 1, 2], in: items) == [[], [1], [0, 2]])
    }
}
