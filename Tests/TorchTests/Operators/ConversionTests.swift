import Testing
import Torch

@Suite struct ConversionTests {
    @Test func realsBecomeIntegersTowardsZero() throws {
        #expect(try Tensor([-1.9, 0.5, 2.9]).to(.int32).elements(as: Int32.self) == [-1, 0, 2])
        #expect(try Tensor([-1.9, 0.0]).to(.bool).elements(as: Bool.self) == [true, false])
    }

    @Test func narrowTypesRoundToTheirPrecision() throws {
        let values = try Tensor([1 + 0x1p-11 + 0x1p-20, 1 + 0x1p-8 + 0x1p-20])
        #expect(try values.to(.float16).reals() == [1 + 0x1p-10, 1 + 0x1p-8])
        #expect(try values.to(.bfloat16).reals() == [1, 1 + 0x1p-7])
    }

    @Test func epsilonIsTheStepAfterOne() throws {
        for type in ScalarType.allCases {
            #expect((type.epsilon != nil) == type.isFloatingPoint)
            guard let epsilon = type.epsilon else { continue }
            #expect(try Tensor([1 + epsilon]).to(type).item() == 1 + epsilon)
            #expect(try Tensor([1 + epsilon * 0.49]).to(type).item() == 1)
        }
    }

    @Test func nothingIsCopiedWithoutNeed() throws {
        let x = try Tensor([1.0, 2])
        #expect(try x.to(.float64).isSame(as: x) && x.to(.cpu).isSame(as: x) && x.contiguous().isSame(as: x))
    }

    @Test func ordersInMemory() throws {
        let x = try Tensor(Array(0..<12).map(Double.init), shape: [1, 2, 3, 2])
        let last = try x.contiguous(.channelsLast)
        #expect((0..<4).map { last.stride($0) } == [12, 1, 4, 2] && !last.isContiguous)
        #expect(try last.reals() == x.reals())
        let turned = try x.transposed().contiguous()
        #expect(turned.isContiguous && turned.shape == [1, 2, 2, 3])
        #expect(try turned.reals() == [0, 2, 4, 1, 3, 5, 6, 8, 10, 7, 9, 11])
    }

    @Test func clonesHaveTheirOwnMemoryAndTheHistory() throws {
        let x = try Tensor([1.0, 2]).requireGradient()
        let clone = try x.cloned()
        try (clone * 3).sum().backward()
        #expect(try x.gradient?.reals() == [3, 3])
        try withoutGradients { try clone.fill(0) }
        #expect(try x.reals() == [1, 2])
    }

    @Test func detachedTensorsShareMemoryButNoHistory() throws {
        let x = try Tensor([1.0, 2]).requireGradient()
        let detached = try x.detached()
        #expect(!detached.requiresGradient)
        try detached.fill(5)
        #expect(try x.reals() == [5, 5])
    }

    @Test func copyingConvertsAndBroadcasts() throws {
        let matrix = try Tensor.zeros([2, 2])
        try matrix.copy(from: Tensor([Int64(3), 4]))
        #expect(try matrix.elements(as: Float.self) == [3, 4, 3, 4])
        #expect(throws: TorchError.self) { try matrix.copy(from: Tensor([1.0, 2, 3])) }
    }
}
