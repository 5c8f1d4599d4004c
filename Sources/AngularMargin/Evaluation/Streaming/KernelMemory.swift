import Torch

/// Numbers that kernels read and write, at an address of their own.
final class KernelNumbers<Number>: @unchecked Sendable {
    let count: Int
    let pointer: UnsafeMutablePointer<Number>

    init(_ number: Number, count: Int) {
        self.count = count
        pointer = .allocate(capacity: max(1, count))
        pointer.initialize(repeating: number, count: count)
    }

    init(_ numbers: [Number]) {
        count = numbers.count
        pointer = .allocate(capacity: max(1, numbers.count))
        for (place, number) in numbers.enumerated() { (pointer + place).initialize(to: number) }
    }

    deinit { pointer.deallocate() }

    var array: [Number] { Array(UnsafeBufferPointer(start: pointer, count: count)) }
}

/// A contiguous float32 tensor on the CPU, and where its elements lie while this value lives.
struct KernelTensor: @unchecked Sendable {
    let tensor: Tensor
    let pointer: UnsafeMutablePointer<Float>

    init(_ tensor: Tensor) throws {
        // The elements of another would be a copy, gone at once.
        precondition(tensor.isContiguous, "kernels take rows as they lie")
        self.tensor = tensor
        pointer = try tensor.withElements(of: Float.self) { $0.baseAddress! }
    }
}

/// Something that threads may share while the one that lends it waits for them.
struct Lent<Value>: @unchecked Sendable {
    let value: Value
    init(_ value: Value) { self.value = value }
}
