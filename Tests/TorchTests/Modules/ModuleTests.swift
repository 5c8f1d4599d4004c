import Testing
import Torch

private struct Affine: Module {
    var weight: Tensor
    var bias: Tensor?
    var calls: Tensor

    init(bias: Bool = true) throws {
        weight = try Tensor([1.0, 2, 3, 4], shape: [2, 2])
        self.bias = bias ? try Tensor([0.5, -0.5]) : nil
        calls = try Tensor([Int64(0)])
    }

    mutating func visit(_ visitor: inout ModuleVisitor) throws {
        try visitor.parameter("weight", &weight)
        try visitor.parameter("bias", &bias)
        try visitor.buffer("calls", &calls)
    }

    func callAsFunction(_ x: Tensor) throws -> Tensor { try x.linear(weight, bias: bias) }
}

private struct Stack: Module {
    var first: Affine
    var rest: [Affine]
    var last: Affine?

    init() throws {
        first = try Affine()
        rest = [try Affine(bias: false), try Affine()]
        last = nil
    }

    mutating func visit(_ visitor: inout ModuleVisitor) throws {
        try visitor.part("first", &first)
        try visitor.parts("rest", &rest)
        try visitor.part("last", &last)
    }
}

@Suite struct ModuleTests {
    @Test func namesAreThoseOfStateDictionaries() throws {
        let stack = try Stack()
        #expect(
            stack.tensors.map(\.name) == [
                "first.weight", "first.bias", "first.calls", "rest.0.weight", "rest.0.calls",
                "rest.1.weight", "rest.1.bias", "rest.1.calls",
            ])
        #expect(stack.parameterCount == 16 && stack.buffers.count == 3)
    }

    @Test func aModuleIsAFunctionOfItsParameters() throws {
        let affine = try Affine()
        try affine.requireGradients()
        let x = try Tensor([1.0, 1], shape: [1, 2])
        let doubled = try affine.with(parameters: affine.parameters.map { try $0.tensor * 2 })
        #expect(try doubled(x).reals() == [7, 13])
        #expect(try affine(x).reals() == [3.5, 6.5])
        try doubled(x).sum().backward()
        #expect(try affine.bias?.gradient?.reals() == [2, 2])
    }

    @Test func loadingOverwritesInPlace() throws {
        let affine = try Affine()
        let weight = affine.weight
        try affine.load([
            "weight": Tensor.zeros([2, 2]), "bias": Tensor([9.0, 9]), "calls": Tensor([Int64(3)]),
        ])
        #expect(try weight.reals() == [0, 0, 0, 0])
        #expect(try affine.calls.item() == 3)
    }

    @Test func adoptingTakesTheTensorsThemselves() throws {
        var affine = try Affine()
        try affine.move(to: .meta)
        #expect(affine.weight.device == .meta)
        let weight = try Tensor([5.0, 6, 7, 8], shape: [2, 2])
        try affine.adopt(["weight": weight, "bias": Tensor([Float(1), 2]), "calls": Tensor([Int64(3)])])
        #expect(affine.weight.isSame(as: weight))
        #expect(try affine(Tensor([1.0, 1], shape: [1, 2])).reals() == [12, 17])
        #expect(throws: ModuleError.self) { try affine.adopt(["weight": weight]) }
    }

    @Test func strangersAreNamed() throws {
        let affine = try Affine()
        let error = #expect(throws: ModuleError.self) {
            try affine.load(["weight": Tensor.zeros([3, 2]), "calls": Tensor.zeros([1]), "scale": Tensor.zeros([1])])
        }
        #expect(error?.missing == ["bias"] && error?.unexpected == ["scale"])
        #expect(error?.misfits.map(\.name) == ["weight"] && error?.misfits[0].found == [3, 2])
        #expect(try affine.weight.reals() == [1, 2, 3, 4])
    }

    @Test func conversionKeepsWholeNumbers() throws {
        var affine = try Affine()
        try affine.requireGradients()
        try affine.convert(to: .float32)
        #expect(affine.weight.scalarType == .float32 && affine.calls.scalarType == .int64)
        #expect(affine.weight.requiresGradient && affine.weight.isLeaf)
    }
}
