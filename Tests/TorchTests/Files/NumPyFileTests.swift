import Foundation
import PythonSupport
import Testing
import Torch

@Suite struct NumPyFileTests {
    let folder: TemporaryFolder
    init() throws { folder = try TemporaryFolder() }

    /// A file of version 1.0 with this header, as NumPy would lay it out but for the padding.
    private func write(_ header: String, _ elements: Data, version: [UInt8] = [1, 0], to name: String = "x.npy") throws
        -> URL
    {
        let length = withUnsafeBytes(of: UInt16(header.utf8.count).littleEndian) { Data($0) }
        try (Data([0x93]) + Data("NUMPY".utf8) + Data(version) + length + Data(header.utf8) + elements).write(
            to: folder(name))
        return folder(name)
    }

    private func refusal(
        _ header: String, data: Int, version: [UInt8] = [1, 0], _ location: SourceLocation = #_sourceLocation
    ) throws -> String {
        let file = try write(header, Data(count: data), version: version)
        let error = #expect(throws: TensorFileError.self, sourceLocation: location) { try NumPyFile.load(file) }
        return try #require(error, sourceLocation: location).reason
    }

    @Test func tensorsComeBack() throws {
        let numbers = try Tensor([0.0, 1, 2, 3, 4, 255], shape: [3, 2])
        for type in [ScalarType.float64, .float32, .int64, .int32, .uint8, .bool] {
            let tensor = try numbers.to(type)
            try NumPyFile.save(tensor, to: folder("x.npy"))
            let loaded = try NumPyFile.load(folder("x.npy"))
            #expect(loaded.scalarType == type && loaded.shape == [3, 2])
            #expect(try loaded.reals() == tensor.reals())
        }
        for shape in [[], [1], [6], [2, 0, 3], [1, 2, 3]] {
            try NumPyFile.save(Tensor.ones(shape), to: folder("x.npy"))
            #expect(try NumPyFile.load(folder("x.npy")).shape == shape)
        }
        try NumPyFile.save(numbers.transposed(), to: folder("x.npy"))
        #expect(try NumPyFile.load(folder("x.npy")).reals() == [0, 2, 4, 1, 3, 255])
    }

    @Test func theBytesAreThoseOfTheFormat() throws {
        try NumPyFile.save(Tensor([Float(1), 2]), to: folder("x.npy"))
        let bytes = try Data(contentsOf: folder("x.npy"))
        #expect(bytes.count == 136 && bytes[127] == 0x0A)
        #expect(bytes.prefix(10) == Data([0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0, 118, 0]))
        let header = String(decoding: bytes[10..<127], as: UTF8.self).trimmingCharacters(in: .whitespaces)
        #expect(header == "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }")
        #expect(bytes.suffix(8) == Data([0, 0, 0x80, 0x3F, 0, 0, 0, 0x40]))
    }

    @Test func otherWaysToWriteTheHeader() throws {
        let file = try write(" {'shape':(2 ,1), 'fortran_order':False,'descr':'|u1'}", Data([7, 8]))
        #expect(try NumPyFile.load(file).reals() == [7, 8])
    }

    @Test func elementsThatAreNotAlignedAreCopied() throws {
        let header = "{'descr': '<i8', 'fortran_order': False, 'shape': (1,), }"
        #expect(!(header.utf8.count + 10).isMultiple(of: 8))
        #expect(try NumPyFile.load(write(header, Data([1, 2, 0, 0, 0, 0, 0, 0]))).item() == 513)
    }

    @Test func whatIsNotReadIsNamed() throws {
        let good = "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }"
        #expect(try refusal(good, data: 8, version: [2, 0]).hasPrefix("has version 2.0 "))
        #expect(try refusal(good, data: 7).contains("holds 7 bytes of elements, which float32 [2] does not take"))
        #expect(try refusal(good, data: 9).contains("holds 9 bytes"))
        #expect(
            try refusal(good.replacing("<f4", with: ">f4"), data: 8).hasPrefix("has elements of type '>f4'; those that")
        )
        #expect(try refusal(good.replacing("False", with: "True"), data: 8).hasPrefix("is in Fortran order"))
        #expect(
            try refusal(good.replacing("(2,)", with: "(-2,)"), data: 8).hasPrefix("has a header that does not give"))
        #expect(try refusal(good.replacing("(2,)", with: "(99999999999999999999,)"), data: 8).hasPrefix("has a shape"))
        #expect(try refusal(good.replacing("(2,)", with: "(4611686018427387905,4)"), data: 8).contains("does not take"))
        #expect(try refusal("", data: 0).hasPrefix("has a header that does not give"))
        #expect(throws: TensorFileError.self) { try NumPyFile.save(Tensor([Int8(1)]), to: folder("y.npy")) }
    }

    @Test func everyTruncationIsNoticed() throws {
        try NumPyFile.save(Tensor([1.0]), to: folder("x.npy"))
        let whole = try Data(contentsOf: folder("x.npy"))
        for count in 0..<whole.count {
            try whole.prefix(count).write(to: folder("part.npy"))
            #expect(throws: TensorFileError.self) { try NumPyFile.load(folder("part.npy")) }
        }
    }

    @Test(.enabled(if: Python.has("numpy"), "Python with numpy is not installed"))
    func filesForAndFromPython() throws {
        try NumPyFile.save(Tensor([Int32(1), 2, 3, 4, 5, 6], shape: [2, 3]), to: folder("swift.npy"))
        let output = try Python.run(
            """
            import sys, numpy
            array = numpy.load(sys.argv[1])
            numpy.save(sys.argv[2], array.T.astype("f8", order="C") / 2)
            print(array.dtype, array.tolist())
            """, arguments: [folder("swift.npy").path, folder("python.npy").path])
        #expect(output == "int32 [[1, 2, 3], [4, 5, 6]]\n")
        let back = try NumPyFile.load(folder("python.npy"))
        #expect(back.scalarType == .float64 && back.shape == [3, 2])
        #expect(try back.reals() == [0.5, 2, 1, 2.5, 1.5, 3])
    }
}
