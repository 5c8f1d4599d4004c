import Foundation
import PythonSupport
import Testing
import Torch

/// What Python's library writes is read here, and what is written here is read there.
@Suite struct PythonFileTests {
    /// What a reader must find in `python.safetensors`; both are written by scripts/fixtures/safetensors_py.py.
    private struct Expected: Decodable {
        struct Entry: Decodable {
            let dtype: String
            let shape: [Int]
            let values: [Value]
        }
        let metadata: [String: String]
        let tensors: [String: Entry]
    }

    /// A number, a truth value, or the name of what JSON cannot say.
    private enum Value: Decodable, Equatable {
        case integer(Int64)
        case real(Double)
        case truth(Bool)

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let truth = try? container.decode(Bool.self) {
                self = .truth(truth)
            } else if let integer = try? container.decode(Int64.self) {
                self = .integer(integer)
            } else if let real = try? container.decode(Double.self) {
                self = .real(real)
            } else {
                let name = try container.decode(String.self)
                self = .real(try #require(["nan": Double.nan, "inf": .infinity, "-inf": -.infinity][name]))
            }
        }

        var real: Double {
            switch self {
            case .integer(let value): Double(value)
            case .real(let value): value
            case .truth(let value): value ? 1 : 0
            }
        }
    }

    private static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Fixtures")

    @Test func filesFromPython() throws {
        let file = try Safetensors.load(Self.fixtures.appendingPathComponent("python.safetensors"))
        let text = try Data(contentsOf: Self.fixtures.appendingPathComponent("python.json"))
        let expected = try JSONDecoder().decode(Expected.self, from: text)
        #expect(file.metadata == expected.metadata)
        #expect(file.tensors.keys.sorted() == expected.tensors.keys.sorted())
        let types: [String: ScalarType] = [
            "F64": .float64, "F32": .float32, "F16": .float16, "BF16": .bfloat16, "I64": .int64, "U8": .uint8,
            "BOOL": .bool,
        ]
        for (name, entry) in expected.tensors {
            let tensor = try #require(file.tensors[name])
            #expect(tensor.scalarType == types[entry.dtype] && tensor.shape == entry.shape)
            if tensor.scalarType == .int64 {
                #expect(try tensor.elements(as: Int64.self).map(Value.integer) == entry.values)
            } else {
                let values = try tensor.reals()
                #expect(values.count == entry.values.count)
                for (value, other) in zip(values, entry.values.map(\.real)) {
                    #expect(value == other || value.isNaN && other.isNaN, "\(name)")
                }
            }
        }
    }

    @Test(.enabled(if: Python.has("safetensors", "numpy"), "Python with safetensors and numpy is not installed"))
    func filesForPython() throws {
        let folder = try TemporaryFolder()
        let tensors: [(String, Tensor)] = try [
            ("f64", Tensor([0.1, -.leastNonzeroMagnitude])),
            ("f32", Tensor([Float(1.5), -.infinity, 0.1], shape: [3, 1])),
            ("f16", Tensor([0.5, 65504]).to(.float16)), ("i64", Tensor([Int64.min, .max])),
            ("i32", Tensor([Int32(-7)])),
            ("i16", Tensor([Int16(-300), 300])), ("i8", Tensor([Int8(-128)])), ("u8", Tensor([UInt8(255), 0, 1])),
            ("bool", Tensor([true, false])), ("empty", Tensor.zeros([0, 4])), ("scalar", Tensor.scalar(2)),
            ("turned / ü \"", Tensor([1, 2, 3, 4, 5, 6], shape: [2, 3]).transposed()),
        ]
        try Safetensors.save(tensors, metadata: ["note": "ü\n\"\\/"], to: folder("swift.safetensors"))
        let output = try Python.run(
            """
            import sys, numpy
            from safetensors import safe_open
            with safe_open(sys.argv[1], framework="numpy") as file:
                assert file.metadata() == {"note": 'ü\\n"\\\\/'}, file.metadata()
                expected = {
                    "f64": numpy.array([0.1, -5e-324]), "f32": numpy.array([[1.5], [-numpy.inf], [0.1]], "f4"),
                    "f16": numpy.array([0.5, 65504], "f2"), "i64": numpy.array([-2**63, 2**63 - 1]),
                    "i32": numpy.array([-7], "i4"), "i16": numpy.array([-300, 300], "i2"), "i8": numpy.array([-128], "i1"),
                    "u8": numpy.array([255, 0, 1], "u1"), "bool": numpy.array([True, False]),
                    "empty": numpy.zeros((0, 4), "f4"), "scalar": numpy.array(2, "f4"),
                    'turned / ü "': numpy.array([[1, 4], [2, 5], [3, 6]]),
                }
                assert set(file.keys()) == set(expected), file.keys()
                for name, array in expected.items():
                    found = file.get_tensor(name)
                    assert found.dtype == array.dtype and found.shape == array.shape, (name, found.dtype, found.shape)
                    assert (found == array).all(), (name, found)
            print("read")
            """, arguments: [folder("swift.safetensors").path])
        #expect(output == "read\n")
    }
}
