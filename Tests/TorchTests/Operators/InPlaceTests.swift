import Testing
import Torch

@Suite struct InPlaceTests {
    @Test func everyReferenceSeesTheChange() throws {
        let x = try Tensor([1.0, 2, 3])
        let tail = try x.sliced(1..<3)
        try x.add(Tensor([10.0]), scale: 2)
        #expect(try tail.reals() == [22, 23])
        try tail.multiply(by: 2)
        #expect(try x.reals() == [21, 44, 46])
        try x.multiply(by: Tensor([1.0, 0.5, 0]))
        #expect(try x.reals() == [21, 22, 0])
        try x.add(x)
        #expect(try x.reals() == [42, 44, 0])
        try x.interpolate(towards: Tensor([2.0, 4, 8]), weight: 0.25)
        #expect(try x.reals() == [32, 34, 2])
        try x.add(-1)
        #expect(try x.reals() == [31, 33, 1])
        try x.fill(7)
        #expect(try x.reals() == [7, 7, 7] && tail.reals() == [7, 7])
    }

    @Test func leavesThatRecordAreProtected() throws {
        let x = try Tensor([1.0]).requireGradient()
        #expect(throws: TorchError.self) { try x.fill(0) }
        try withoutGradients { try x.fill(0) }
        #expect(try x.item() == 0)
    }
}
