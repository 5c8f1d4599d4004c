import Foundation
import Testing
import Torch

@Suite struct ReductionTests {
    private let matrix: Tensor
    init() throws { matrix = try Tensor([1.0, 2, 3, 4, 6, 8], shape: [2, 3]) }

    @Test func sumsAndMeans() throws {
        #expect(try matrix.sum().item() == 24 && matrix.mean().item() == 4)
        #expect(try matrix.sum([0]).reals() == [5, 8, 11] && matrix.sum([-1]).reals() == [6, 18])
        #expect(try matrix.mean([0]).reals() == [2.5, 4, 5.5] && matrix.mean([1]).reals() == [2, 6])
        #expect(try matrix.sum([0, 1]).item() == 24)
        #expect(try matrix.sum([1], keeping: true).shape == [2, 1] && matrix.mean([0], keeping: true).shape == [1, 3])
    }

    @Test func variances() throws {
        #expect(try matrix.variance([1]).reals() == [1, 4])
        expect(try matrix.variance([1], correction: 0), [2.0 / 3, 8.0 / 3])
        #expect(try matrix.variance([0], keeping: true).shape == [1, 3])
    }

    @Test func extremes() throws {
        #expect(try matrix.maximum().item() == 8 && matrix.minimum().item() == 1)
        #expect(try matrix.maximum([0]).reals() == [4, 6, 8] && matrix.maximum([1]).reals() == [3, 8])
        #expect(try matrix.maximum([1], keeping: true).shape == [2, 1])
        let mixed = try Tensor([1.0, 9, 3, 7, 2, 8], shape: [2, 3])
        #expect(try mixed.argumentOfMaximum(1).elements(as: Int.self) == [1, 2])
        #expect(try mixed.argumentOfMaximum(0).elements(as: Int.self) == [1, 0, 1])
    }

    @Test func norms() throws {
        let x = try Tensor([3.0, 4, 0, -5], shape: [2, 2])
        #expect(try x.norm([1]).reals() == [5, 5])
        expect(try x.norm([0, 1]), [sqrt(50)])
        #expect(try x.norm([1], keeping: true).shape == [2, 1])
    }

    @Test func logSumExp() throws {
        let x = try Tensor([0, log(2.0), log(5.0)])
        expect(try x.logSumExp([0]), [log(8)])
        expect(try x.logSoftmax(0), [-log(8), -log(4), log(5.0 / 8)])
        expect(try (x + 1000).logSumExp([0], keeping: true) - 1000, [log(8)], within: 1e-12)
        #expect(try x.unsqueezed(0).logSumExp([1], keeping: true).shape == [1, 1])
    }

    @Test func theLargest() throws {
        let (values, indices) = try Tensor([3.0, 9, 1, 7, 5, 6, 8, 0], shape: [2, 4]).top(2)
        #expect(try values.reals() == [9, 7, 8, 6])
        #expect(try indices.elements(as: Int.self) == [1, 3, 2, 1])
    }
}
