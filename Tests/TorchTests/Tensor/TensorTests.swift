import Foundation
import Testing
import Torch

@Suite struct TensorTests {
    @Test func elementsComeBackAsTheyWentIn() throws {
        #expect(try Tensor([Float(1), 2, 3]).elements(as: Float.self) == [1, 2, 3])
        #expect(try Tensor([true, false]).elements(as: Bool.self) == [true, false])
        #expect(try Tensor([UInt8(0), 255]).elements(as: UInt8.self) == [0, 255])
        let numbers = try Tensor([1, 2, 3, 4, 5, 6], shape: [2, 3])
        #expect(numbers.scalarType == .int64)
        #expect(try numbers.transposed().elements(as: Int.self) == [1, 4, 2, 5, 3, 6])
    }

    @Test func shapesAndStrides() throws {
        let tensor = try Tensor.zeros([2, 3, 4])
        #expect(tensor.shape == [2, 3, 4] && tensor.rank == 3 && tensor.count == 24)
        #expect(tensor.size(-1) == 4 && tensor.stride(0) == 12 && tensor.stride(-1) == 1)
        #expect(try !tensor.transposed().isContiguous)
        #expect(try Tensor.scalar(3).shape == [])
    }

    @Test func readingAsTheWrongTypeIsRefused() throws {
        let error = #expect(throws: TorchError.self) { try Tensor([1.0]).elements(as: Float.self) }
        #expect(error?.reason == "the elements are float64, not float32")
    }

    @Test func emptyTensors() throws {
        let empty = try Tensor([Float](), shape: [0, 5])
        #expect(empty.count == 0 && empty.shape == [0, 5])
        #expect(try empty.elements(as: Float.self) == [])
        #expect(try empty.sum().item() == 0)
    }

    @Test func borrowedMemoryIsSharedAndReleased() throws {
        final class Owner {
            let memory = UnsafeMutablePointer<Float>.allocate(capacity: 4)
            let released: @Sendable () -> Void
            init(_ released: @escaping @Sendable () -> Void) {
                memory.initialize(repeating: 1, count: 4)
                self.released = released
            }
            deinit {
                memory.deallocate()
                released()
            }
        }
        let count = Counter()
        do {
            let owner = Owner { count.increment() }
            var tensor: Tensor? = try Tensor(
                memory: owner.memory, shape: [2, 2], scalarType: .float32, owner: owner)
            owner.memory[3] = 5
            #expect(try tensor?.sum().item() == 8)
            let view = try tensor?.selected(0)
            tensor = nil
            #expect(try view?.sum().item() == 2)
        }
        #expect(count.value == 1)
    }

    @Test func memoryIsReleasedAtOnce() throws {
        let before = try residentBytes()
        for _ in 0..<400 {
            let block = try Tensor.ones([1 << 20])
            _ = try (block * 2).sum().item()
        }
        // Two blocks of 4 MiB live at a time; 400 of them would be 3.2 GB.
        #expect(try residentBytes() - before < 64 << 20)
    }

    @Test func typesAndDevices() throws {
        let tensor = try Tensor([1.5, 2.5])
        #expect(try tensor.to(.float32).scalarType == .float32)
        #expect(try tensor.to(.float64).isSame(as: tensor))
        #expect(try Device(named: "cpu") == .cpu)
        let unknown = #expect(throws: TorchError.self) { try Device(named: "gpu") }
        #expect(unknown?.reason.contains("there is no device “gpu”") == true)
        #expect(throws: TorchError.self) { try Device(named: "cuda:99") }
        #expect(Libtorch.loadedVersion.hasPrefix("2."))
    }

    @Test func generatorsRepeatAndGoOn() throws {
        let first = try Generator(seed: 7)
        let second = try Generator(seed: 7)
        #expect(
            try Tensor.normal([5], generator: first).reals() == Tensor.normal([5], generator: second).reals())
        let state = try first.state
        let next = try Tensor.uniform([5], generator: first).reals()
        _ = try Tensor.uniform([50], generator: first)
        try first.restore(state)
        #expect(try Tensor.uniform([5], generator: first).reals() == next)
        #expect(try Tensor.normal([5], generator: Generator(seed: 8)).reals() != next)
    }
}

/// What the process holds in memory now.
func residentBytes() throws -> Int {
    let fields = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ")
    return Int(fields[1])! * Int(sysconf(Int32(_SC_PAGESIZE)))
}

final class Counter: @unchecked Sendable {
    private let lock = NSLock()
    private var count = 0
    var value: Int { lock.withLock { count } }
    func increment() { lock.withLock { count += 1 } }
}
