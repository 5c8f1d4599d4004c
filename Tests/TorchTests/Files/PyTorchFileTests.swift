import Foundation
import Testing
import Torch

/// Files of `torch.save`, written by scripts/fixtures/pytorch_files.py.
@Suite struct PyTorchFileTests {
    static func fixture(_ name: String) -> URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Fixtures/pytorch/\(name)")
    }

    @Test func allTypes() throws {
        let tensors = try PyTorchFile.load(Self.fixture("state.pt"))
        let expected: [(name: String, type: ScalarType, shape: [Int], values: [Double])] = [
            ("float64", .float64, [2], [0.1, -.leastNonzeroMagnitude]),
            ("matrix", .float32, [2, 3], [0, 1, 2, 3, 4, 5]),
            ("turned", .float32, [3, 2], [0, 3, 1, 4, 2, 5]),
            ("column", .float32, [2], [1, 4]),
            ("parameter", .float32, [2], [1.5, -2.25]),
            ("float16", .float16, [2], [0.5, -65504]),
            ("bfloat16", .bfloat16, [2], [1, -3.140625]),
            ("int32", .int32, [1], [-7]),
            ("int16", .int16, [2], [-300, 300]),
            ("int8", .int8, [1], [-128]),
            ("uint8", .uint8, [3], [255, 0, 1]),
            ("bool", .bool, [2], [1, 0]),
            ("empty", .float32, [0, 3], []),
            ("scalar", .float32, [], [42.5]),
        ]
        #expect(Set(tensors.keys) == Set(expected.map(\.name) + ["int64"]))
        for (name, type, shape, values) in expected {
            let tensor = try #require(tensors[name])
            #expect(tensor.scalarType == type && tensor.shape == shape, "\(name)")
            #expect(try tensor.reals() == values, "\(name)")
            #expect(!tensor.requiresGradient, "\(name)")
        }
        #expect(try tensors["int64"]?.elements(as: Int64.self) == [.min, .max])
    }

    @Test func sharedStoragesStaySharedAndTheFileIsNeverChanged() throws {
        let before = try Data(contentsOf: Self.fixture("state.pt"))
        let tensors = try PyTorchFile.load(Self.fixture("state.pt"))
        try tensors["turned"]?.fill(9)
        #expect(try tensors["matrix"]?.reals() == [9, 9, 9, 9, 9, 9])
        #expect(try tensors["column"]?.reals() == [9, 9])
        #expect(try tensors["scalar"]?.reals() == [42.5])
        #expect(try Data(contentsOf: Self.fixture("state.pt")) == before)
        #expect(try PyTorchFile.load(Self.fixture("state.pt"))["matrix"]?.reals() == [0, 1, 2, 3, 4, 5])
    }

    @Test func checkpointsAreUnwrapped() throws {
        let tensors = try PyTorchFile.load(Self.fixture("checkpoint.pt"))
        #expect(
            tensors.keys.sorted() == [
                "bn.bias", "bn.num_batches_tracked", "bn.running_mean", "bn.running_var", "bn.weight", "fc.bias",
                "fc.weight",
            ])
        // One step against the gradient (1, 1) and 1, at a rate of 0.1.
        #expect(try tensors["fc.weight"]?.elements(as: Float.self) == [2.9, -4.1])
        #expect(try tensors["fc.bias"]?.elements(as: Float.self) == [0.25 - 0.1])
        #expect(try tensors["bn.num_batches_tracked"]?.elements(as: Int64.self) == [0])
        #expect(try tensors["bn.running_var"]?.reals() == [1])
    }

    @Test func dictionariesWithinDictionariesAreJoinedByDots() throws {
        let tensors = try PyTorchFile.load(Self.fixture("nested.pt"))
        #expect(tensors.keys.sorted() == ["groups.a.w", "groups.b"])
        #expect(try tensors["groups.a.w"]?.reals() == [1])
    }

    @Test func aWholeModuleIsRefusedByName() throws {
        let error = try #require(
            #expect(throws: TensorFileError.self) { try PyTorchFile.load(Self.fixture("module.pt")) })
        #expect(error.reason.contains("names “torch.nn.modules.linear.Linear”, which is refused"))
        #expect(error.reason.contains("run any code"))
        #expect(error.reason.contains("collections.OrderedDict, torch.BFloat16Storage"))
    }

    @Test(arguments: [
        ("complex.pt", "names “torch.ComplexFloatStorage”"), ("legacy.pt", "is not a zip archive"),
        ("tensor.pt", "holds no dictionary"),
    ])
    func whatIsNotRead(_ name: String, _ reason: String) throws {
        let error = #expect(throws: TensorFileError.self) { try PyTorchFile.load(Self.fixture(name)) }
        #expect(error?.reason.contains(reason) == true, "\(error?.description ?? "")")
    }
}
