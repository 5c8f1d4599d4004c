import Testing
import Torch

@Suite struct AutocastTests {
    @Test func productsAreInHalfPrecisionAndParametersStay() throws {
        try #require(Device.cpu.hasAutocast)
        let generator = try Generator(seed: 3)
        let x = try Tensor.normal([5, 7], generator: generator)
        let w = try Tensor.normal([4, 7], generator: generator).requireGradient()
        let y = try withAutocast(on: .cpu) { try x.linear(w, bias: nil) }
        #expect(y.scalarType == .bfloat16 && w.scalarType == .float32)
        try y.to(.float32).sum().backward()
        let gradient = try #require(w.gradient)
        #expect(gradient.scalarType == .float32)
        // bfloat16 has 8 bits of digits: the columns' sums of x, to a part in 100.
        let expected = try x.sum([0]).reals()
        for (index, value) in try gradient.reals().enumerated() {
            #expect(abs(value - expected[index % 7]) < 0.02 * (1 + abs(expected[index % 7])))
        }
        // And outside, as ever.
        #expect(try x.linear(w, bias: nil).scalarType == .float32)
    }

    @Test func anErrorEndsIt() throws {
        struct Stop: Error {}
        #expect(throws: Stop.self) { try withAutocast(on: .cpu) { throw Stop() } }
        #expect(try Tensor.ones([2, 2]).matmul(Tensor.ones([2, 2])).scalarType == .float32)
    }

    @Test func metaTensorsHaveNone() { #expect(!Device.meta.hasAutocast) }
}
