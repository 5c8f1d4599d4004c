import Testing
import Torch

/// One at a time: they look at memory that all tensors share.
@Suite(.serialized) struct MemoryTests {
    @Test func whatIsReleasedIsIdleNoMore() throws {
        // Other tests come and go meanwhile; 64 MB are more than they hold.
        let count = 16 << 20
        do { _ = try Tensor.zeros([count]) }
        #expect(Libtorch.idleMemory >= 4 * count)
        let before = Libtorch.idleMemory
        let tensor = try Tensor.zeros([count - 1000])
        #expect(before - Libtorch.idleMemory >= 2 * count, "the block is taken over by a tensor a little smaller")
        Libtorch.releaseIdleMemory()
        #expect(Libtorch.idleMemory < 4 * count)
        #expect(try tensor.sum().item() == 0)
    }

    @Test(arguments: [0, 1, 15, 16, 32_751, 32_752, 32_753, 500_000, 600_001])
    func memoryIsWhole(_ count: Int) throws {
        for _ in 0..<3 {
            let tensor = try Tensor.full([count], 3)
            #expect(try tensor.elements(as: Float.self) == [Float](repeating: 3, count: count))
            let other = try Tensor.full([count], 4)
            #expect(try tensor.elements(as: Float.self) == [Float](repeating: 3, count: count))
            #expect(try other.sum().item() == 4 * Double(count))
            tensor.withUnsafeAddress { #expect($0 % 64 == 0) }
        }
    }

    @Test func tooMuchIsAnError() {
        let error = #expect(throws: TorchError.self) { try Tensor.empty([1 << 58]) }
        #expect(error.map { "\($0)" }?.contains("no memory for a tensor of") == true)
    }
}

extension Tensor {
    fileprivate func withUnsafeAddress(_ body: (Int) -> Void) {
        try? withElements(of: Float.self) { body(Int(bitPattern: $0.baseAddress)) }
    }
}
