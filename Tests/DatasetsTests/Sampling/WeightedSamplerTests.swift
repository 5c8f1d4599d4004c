import Foundation
import Testing

@testable import Datasets

@Suite struct WeightedSamplerTests {
    private let members = [Array(0..<4), Array(4..<20), [], Array(20..<84)]

    /// Checks that counts of `draws` independent draws are as expected, within 5 standard deviations.
    private func check(_ counts: [Int], shares: [Double], draws: Int) {
        for (count, share) in zip(counts, shares) {
            let deviation = (Double(draws) * share * (1 - share)).squareRoot()
            #expect(abs(Double(count) - Double(draws) * share) <= 5 * deviation, "\(counts), expected \(shares)")
        }
    }

    @Test(
        arguments: [
            // n^(1 − p) of 4, 16, 0 and 64 samples.
            (0, [4.0, 16, 0, 64]), (0.5, [2, 4, 0, 8]), (1, [1, 1, 0, 1]), (1.5, [0.5, 0.25, 0, 0.125]),
        ] as [(Double, [Double])])
    func classesAreDrawnByThePowerOfTheirFrequency(power: Double, expected: [Double]) throws {
        let draws = 20_000
        let sampler = try WeightedSampler(
            members: members, classWeights: [1, 1, 1, 1], inverseFrequencyPower: power, batchSize: 8,
            epochLength: draws, seed: 3)
        let order = sampler.order(epoch: 1)
        #expect(order.count == draws)
        let total = expected.reduce(0, +)
        check(
            members.map { member in order.count { member.contains($0) } },
            shares: expected.map { $0 / total }, draws: draws)
    }

    @Test func weightsOfClassesMultiply() throws {
        let draws = 20_000
        let sampler = try WeightedSampler(
            members: members, classWeights: [3, 0, 1, 1], inverseFrequencyPower: 1, batchSize: 8, epochLength: draws,
            seed: 4)
        let order = sampler.order(epoch: 0)
        #expect(Set(order).isDisjoint(with: 4..<20))
        check([order.count { $0 < 4 }], shares: [0.75], draws: draws)
        // Within a class every sample is as likely as another.
        check(
            (0..<4).map { sample in order.count { $0 == sample } }, shares: [Double](repeating: 0.1875, count: 4),
            draws: draws)
    }

    @Test func weightsOfSamplesCount() throws {
        let draws = 10_000
        let sampler = try WeightedSampler(
            indices: [7, 8, 9, 10], weights: [0, 1, 3, 0], batchSize: 3, epochLength: draws, seed: 1)
        let order = sampler.order(epoch: 0)
        #expect(Set(order) == [8, 9])
        check([order.count { $0 == 9 }], shares: [0.75], draws: draws)
        #expect(sampler.batches(epoch: 0).count == 3334)
        #expect(try WeightedSampler(indices: [7, 8], weights: [1, 1], batchSize: 1, seed: 1).epochLength == 2)
        #expect(throws: SamplerError.noSamples) {
            try WeightedSampler(indices: [7, 8], weights: [0, 0], batchSize: 1, seed: 1)
        }
    }
}
