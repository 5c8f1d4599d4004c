import Foundation
import Testing
import Torch

@Suite struct SafetensorsTests {
    let folder: TemporaryFolder
    init() throws { folder = try TemporaryFolder() }

    @Test func everyTypeComesBack() throws {
        let numbers = try Tensor([-3.0, 0, 1, 2.5, 100, 127], shape: [2, 3])
        let tensors = try ScalarType.allCases.map { type in
            ("\(type)", type == .uint8 ? try numbers.absolute().to(type) : try numbers.to(type))
        }
        let file = folder("types.safetensors")
        try Safetensors.save(tensors, to: file)
        let loaded = try Safetensors.load(file)
        #expect(loaded.tensors.count == ScalarType.allCases.count && loaded.metadata.isEmpty)
        for (name, tensor) in tensors {
            let other = try #require(loaded.tensors[name])
            #expect(other.scalarType == tensor.scalarType && other.shape == [2, 3])
            #expect(try other.reals() == tensor.reals())
        }
    }

    @Test func shapesMetadataAndNamesComeBack() throws {
        let file = folder("shapes.safetensors")
        let metadata = ["a/b": "\"quoted\"\n", "日本": "", "z": "\u{0}\u{1F600}"]
        try Safetensors.save(
            [
                ("empty", Tensor.zeros([3, 0, 2])), ("scalar", Tensor.scalar(-0.5)), ("a \"b\" \\ ü", Tensor([7])),
                ("", Tensor.ones([1, 1, 1, 1, 2])),
            ], metadata: metadata, to: file)
        let loaded = try Safetensors.load(file)
        #expect(loaded.metadata == metadata)
        #expect(
            loaded.tensors.mapValues(\.shape) == [
                "empty": [3, 0, 2], "scalar": [], "a \"b\" \\ ü": [1], "": [1, 1, 1, 1, 2],
            ])
        #expect(try loaded.tensors["scalar"]?.item() == -0.5 && loaded.tensors["a \"b\" \\ ü"]?.item() == 7)
    }

    @Test func widerTypesComeFirstAndOtherwiseTheOrderIsKept() throws {
        let file = folder("order.safetensors")
        let tensors: [(String, Tensor)] = [
            ("flag", try Tensor([true])), ("b", try Tensor([Float(1)])),
            ("half", try Tensor.ones([3], scalarType: .float16)),
            ("a", try Tensor([Int32(2)])), ("wide", try Tensor([3.0])), ("byte", try Tensor([UInt8(4)])),
        ]
        try Safetensors.save(tensors, to: file)
        #expect(try Safetensors.load(file).names == ["wide", "b", "a", "half", "flag", "byte"])
        let header = try Safetensors.inspect(file)
        #expect(header.entries.allSatisfy { $0.bytes.lowerBound.isMultiple(of: $0.scalarType.byteCount) })
        #expect(header.entries.map(\.bytes.count) == [8, 4, 4, 6, 1, 1])
        #expect(header.entries[0].bytes.lowerBound.isMultiple(of: 8))
    }

    @Test func viewsAreWrittenAsTheyRead() throws {
        let file = folder("views.safetensors")
        let matrix = try Tensor([1, 2, 3, 4, 5, 6], shape: [2, 3])
        let parameter = try Tensor([1.0, 2, 3]).requireGradient()
        try Safetensors.save(
            [
                ("transposed", matrix.transposed()), ("column", matrix.selected(1, dimension: 1)),
                ("expanded", Tensor([9.0]).expanded([2, 2])), ("tail", parameter.sliced(1..<3)),
            ], to: file)
        let tensors = try Safetensors.load(file).tensors
        #expect(try tensors["transposed"]?.reals() == [1, 4, 2, 5, 3, 6] && tensors["transposed"]?.shape == [3, 2])
        #expect(try tensors["column"]?.reals() == [2, 5])
        #expect(try tensors["expanded"]?.reals() == [9, 9, 9, 9])
        #expect(try tensors["tail"]?.reals() == [2, 3] && tensors["tail"]?.requiresGradient == false)
    }

    @Test func writingToALoadedTensorLeavesTheFileAsItWas() throws {
        let file = folder("private.safetensors")
        try Safetensors.save([("x", Tensor([1.0, 2]))], to: file)
        let bytes = try Data(contentsOf: file)
        let tensor = try #require(try Safetensors.load(file).tensors["x"])
        try tensor.fill(7)
        #expect(try tensor.reals() == [7, 7])
        #expect(try Data(contentsOf: file) == bytes)
    }

    @Test func aFileCanBeReplacedWhileItsTensorsAreInUse() throws {
        let file = folder("again.safetensors")
        try Safetensors.save([("x", Tensor.ones([1000]))], to: file)
        let first = try #require(try Safetensors.load(file).tensors["x"])
        try Safetensors.save([("x", first * 2), ("y", first)], to: file)
        #expect(try first.sum().item() == 1000)
        #expect(try Safetensors.load(file).tensors["x"]?.sum().item() == 2000)
        #expect(try folder.names == ["again.safetensors"])
    }

    @Test func tensorsOutliveTheFile() throws {
        let file = folder("gone.safetensors")
        try Safetensors.save([("x", Tensor([4.0, 5]))], to: file)
        let tensor = try #require(try Safetensors.load(file).tensors["x"])
        try FileManager.default.removeItem(at: file)
        #expect(try tensor.reals() == [4, 5])
    }

    @Test func aFileOfNoTensors() throws {
        let file = folder("none.safetensors")
        try Safetensors.save([(String, Tensor)](), metadata: ["only": "words"], to: file)
        let loaded = try Safetensors.load(file)
        #expect(loaded.tensors.isEmpty && loaded.names.isEmpty && loaded.metadata == ["only": "words"])
    }

    @Test func namesThatCannotBeWrittenAreRefused() throws {
        let file = folder("names.safetensors")
        let x = try Tensor([1.0])
        let twice = #expect(throws: TensorFileError.self) { try Safetensors.save([("x", x), ("x", x)], to: file) }
        #expect(twice?.tensor == "x" && twice?.reason == "is to be written twice")
        let reserved = #expect(throws: TensorFileError.self) { try Safetensors.save([("__metadata__", x)], to: file) }
        #expect(reserved?.tensor == "__metadata__")
        #expect(try folder.names.isEmpty)
    }

    @Test func aFolderThatIsNotThereIsNamed() throws {
        let file = folder("missing/x.safetensors")
        let write = #expect(throws: TensorFileError.self) { try Safetensors.save([("x", Tensor([1.0]))], to: file) }
        #expect(write?.description == "\(file.path): cannot be written: No such file or directory")
        let read = #expect(throws: TensorFileError.self) { try Safetensors.load(file) }
        #expect(read?.description == "\(file.path): cannot be opened: No such file or directory")
        #expect(throws: TensorFileError.self) { try Safetensors.load(folder.url) }
    }
}
