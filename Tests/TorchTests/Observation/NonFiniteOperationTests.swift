import Testing

@testable import Torch

@Suite struct NonFiniteOperationTests {
    private struct Stop: Error {}

    private let x: Tensor
    private let weight: Tensor

    init() throws {
        x = try Tensor([1 as Float, -2, 3])
        weight = try Tensor([2 as Float, 0, 4])
    }

    private func found(_ body: () throws -> Void) throws -> NonFiniteOperation? {
        try NonFiniteOperation.first(
            among: [
                NamedTensor(name: "x", role: .buffer, tensor: x),
                NamedTensor(name: "w", role: .parameter, tensor: weight),
            ], in: body)
    }

    @Test func finiteResultsAreNothing() throws {
        #expect(try found { _ = try (x * weight).sum() } == nil)
        #expect(try found {} == nil)
    }

    @Test func theFirstOfSeveralIsNamedWithItsTensor() throws {
        let expected = NonFiniteOperation(operation: "aten::div", tensor: "w", isArgument: true)
        #expect(try found { _ = try (x * weight / weight).logSoftmax(0) } == expected)
    }

    @Test func anOperatorWithoutAKnownTensorComesAfterTheLastThatHadOne() throws {
        let found = try found {
            let y = try x * 2
            _ = try y.logarithm()
        }
        #expect(found == NonFiniteOperation(operation: "aten::log", tensor: "x", isArgument: false))
    }

    @Test func freshMemoryIsNotLookedAt() throws {
        // Whatever lies in it, nobody computed it.
        #expect(
            try found {
                for _ in 0..<50 {
                    let memory = try Tensor.empty([1000])
                    try memory.withElements(of: Float.self) { $0[7] = .nan }
                    _ = try memory.reshaped([10, 100]).transposed().detached()
                    _ = try memory.contiguous()
                }
            } == nil)
    }

    @Test func anErrorDoesNotHideWhatWasFound() throws {
        let found = try found {
            _ = try (x - 5).logarithm()
            throw Stop()
        }
        #expect(found?.operation == "aten::log")
        // The search has ended.
        #expect(try self.found { _ = try x * 2 } == nil)
    }

    @Test func oneSearchAtATime() throws {
        var inner: String?
        _ = try found {
            do { _ = try found {} } catch { inner = "\(error)" }
        }
        #expect(inner?.contains("watched already") == true)
    }
}
