import Foundation
import Testing
import Torch

/// Files that would run code, that lie or are damaged: each is refused, and nothing is run.
@Suite struct HostilePyTorchFileTests {
    let folder: TemporaryFolder
    init() throws { folder = try TemporaryFolder() }

    func refusal(
        _ bytes: Data, _ location: SourceLocation = #_sourceLocation
    ) throws -> TensorFileError {
        let file = folder("hostile.pt")
        try bytes.write(to: file)
        let loading = #expect(throws: TensorFileError.self, sourceLocation: location) { try PyTorchFile.load(file) }
        let error = try #require(loading, sourceLocation: location)
        #expect(error.file == file.path, sourceLocation: location)
        return error
    }

    private func refusal(
        _ body: Data, storages: [String: Data] = [:], _ location: SourceLocation = #_sourceLocation
    ) throws -> String {
        try refusal(ZipFixture(pickle: Pickle.program(body), storages: storages).data, location).reason
    }

    private func refusal(_ body: String, _ location: SourceLocation = #_sourceLocation) throws -> String {
        try refusal(Data(body.utf8), storages: [:], location)
    }

    let four = [Float(1), 2, 3, 4].withUnsafeBytes { Data($0) }

    func state(
        count: Int = 4, offset: Data = Pickle.integer(0), shape: [Int], strides: [Int]
    ) -> Data {
        Pickle.dictionary(
            Pickle.text("w"),
            Pickle.tensor(Pickle.storage(count: count), offset: offset, shape: shape, strides: strides))
    }

    /// What the other tests forge is accepted when it is not forged.
    @Test func theHonestFileIsRead() throws {
        let file = folder("honest.pt")
        let body = state(offset: Pickle.integer(1), shape: [3], strides: [1])
        try ZipFixture(pickle: Pickle.program(body), storages: ["0": four]).data.write(to: file)
        #expect(try PyTorchFile.load(file)["w"]?.reals() == [2, 3, 4])
    }

    @Test(arguments: [
        ("hostile-posix-system.pt", "posix.system"), ("hostile-eval.pt", "__builtin__.eval"),
        ("hostile-os-system.pt", "os.system"),
    ])
    func callsOfOtherFunctions(_ name: String, _ function: String) throws {
        let error = try #require(
            #expect(throws: TensorFileError.self) { try PyTorchFile.load(PyTorchFileTests.fixture(name)) })
        #expect(error.reason.contains("names “\(function)”, which is refused"))
        #expect(!FileManager.default.fileExists(atPath: "executed-by-pickle"))
    }

    @Test func otherProtocols() throws {
        let error = #expect(throws: TensorFileError.self) {
            try PyTorchFile.load(PyTorchFileTests.fixture("hostile-protocol-4.pt"))
        }
        #expect(error?.reason == "archive/data.pkl is not a pickle of protocol 2, which torch.save writes")
        #expect(!FileManager.default.fileExists(atPath: "executed-by-pickle"))
    }

    @Test(arguments: [
        "builtins\neval", "torch\nload", "torch\nUntypedStorage", "torch._utils\n_rebuild_tensor_v2.__globals__",
        "collections\nOrderedDict ", "\n", "torch.\nFloatStorage",
    ])
    func names(_ name: String) throws {
        #expect(try refusal("c\(name)\n)R").contains("which is refused"))
    }

    @Test(arguments: ["state.pt", "checkpoint.pt", "nested.pt"])
    func everyTruncationIsNoticed(_ name: String) throws {
        let whole = try Data(contentsOf: PyTorchFileTests.fixture(name))
        for count in 0..<whole.count where count < 40 || count > whole.count - 150 || count.isMultiple(of: 13) {
            _ = try refusal(whole.prefix(count))
        }
    }

    /// A changed byte may be harmless, but must never bring the reader down.
    @Test(arguments: ["state.pt", "checkpoint.pt"])
    func changedBytes(_ name: String) throws {
        let whole = try Data(contentsOf: PyTorchFileTests.fixture(name))
        let file = folder("changed.pt")
        var refused = 0
        for place in 0..<whole.count {
            var bytes = whole
            bytes[place] ^= [0xFF, 0x01, 0x80][place % 3]
            try bytes.write(to: file)
            do {
                for tensor in try PyTorchFile.load(file).values { _ = try tensor.reals() }
            } catch is TensorFileError {
                refused += 1
            }
        }
        #expect(refused > whole.count / 5)
    }

    @Test func everyTruncatedPickleIsNoticed() throws {
        let program = Pickle.program(state(shape: [4], strides: [1]))
        for count in 0..<program.count {
            _ = try refusal(ZipFixture(pickle: program.prefix(count), storages: ["0": four]).data)
        }
    }

    @Test(arguments: [
        (5, [4], [1], "states 5 elements of float32 in storage “0”, which has 16 bytes"),
        (-4, [4], [1], "states -4 elements"), (Int.max, [4], [1], "states 9223372036854775807 elements"),
        (1 << 62, [4], [1], "which has 16 bytes"),
        (4, [5], [1], "more elements than its storage, 4"), (4, [2, 2], [2, 2], "beyond the end"),
        (4, [5], [0], "more elements than its storage"),
        (4, [Int.max], [Int.max], "more elements"), (4, [1 << 32, 1 << 32], [0, 0], "more elements"),
        (4, [0, Int.max, Int.max], [1, 1, 1], "more elements"),
        (4, [2], [Int.max], "beyond the end"), (4, [2, 2], [Int.max, Int.max], "beyond the end"),
        (4, [-1], [1], "zero or more"), (4, [2], [-1], "zero or more"), (4, [2, 2], [1], "zero or more"),
        (4, Array(repeating: 1, count: 65), Array(repeating: 1, count: 65), "65 dimensions; 64 are allowed"),
    ])
    func sizesThatCannotBe(_ count: Int, _ shape: [Int], _ strides: [Int], _ reason: String) throws {
        let refused = try refusal(state(count: count, shape: shape, strides: strides), storages: ["0": four])
        #expect(refused.contains(reason), "\(refused)")
    }

    @Test(arguments: [1, 4, 5, -1, Int.max, Int.min])
    func offsetsThatCannotBe(_ offset: Int) throws {
        let body = state(offset: Pickle.integer(offset), shape: [2, 2], strides: [2, 1])
        #expect(try refusal(body, storages: ["0": four]).contains(offset < 0 ? "zero or more" : "beyond the end"))
        let empty = state(offset: Pickle.integer(offset), shape: [0], strides: [1])
        if offset < 0 || offset > 4 {
            #expect(try refusal(empty, storages: ["0": four]).contains(offset < 0 ? "zero or more" : "beyond the end"))
        }
    }

    @Test func offsetsThatAreNoIntegers() throws {
        let large = Data([0x8A, 9]) + Data(repeating: 1, count: 9)
        for offset in [Data("N".utf8), Pickle.text("0"), large, Data([0x88])] {
            #expect(
                try refusal(state(offset: offset, shape: [1], strides: [1]), storages: ["0": four])
                    .contains("zero or more"))
        }
    }

    @Test func storagesThatCannotBe() throws {
        #expect(try refusal(state(shape: [4], strides: [1])).contains("storage “0”, which is not in the archive"))
        let twice = Pickle.dictionary(
            Pickle.text("a"), Pickle.tensor(Pickle.storage(count: 4), shape: [4], strides: [1]),
            Pickle.text("b"), Pickle.tensor(Pickle.storage("IntStorage", count: 4), shape: [4], strides: [1]))
        #expect(try refusal(twice, storages: ["0": four]).contains("takes storage “0” for float32 and for int32"))
        let truth = Pickle.dictionary(
            Pickle.text("a"), Pickle.tensor(Pickle.storage("BoolStorage", count: 3), shape: [3], strides: [1]))
        #expect(try refusal(truth, storages: ["0": Data([1, 0, 2])]).contains("a truth value must be 0 or 1"))
        #expect(try refusal(Pickle.text("storage") + Data("Q".utf8)).contains("has no tuple"))
        #expect(try refusal(Pickle.sizes([1, 2, 3, 4, 5]) + Data("Q".utf8)).contains("refers to a storage otherwise"))
    }

    @Test(arguments: [
        ("", "takes more values than there are"), ("h\u{7}", "recalls value 7, which was never stored"),
        ("j\u{1}\u{1}\u{1}\u{1}", "recalls value 16843009"), ("q\u{0}", "uses a value that is not there"),
        ("(q\u{0}", "uses a value that is not there"), ("t", "ends a group that was not begun"),
        ("(", "takes more values"), ("N(R", "takes more values"), ("Na", "uses a value"), ("NNa", "appends to what"),
        ("NNNs", "sets keys of what is not"), ("}(Nu", "sets keys of what is not"), ("N)R", "calls what is not"),
        ("NNR", "has no tuple"), ("NNb", "gives attributes"), ("NN", "leaves more than one value"),
        ("N(", "takes more values"), ("i", "has opcode 105"), ("\u{1}", "has opcode 1 at byte 2"),
        ("cos", "has a line at byte 3 that does not end"), ("X\u{7F}\u{7F}\u{7F}\u{7F}a", "it is cut off or damaged"),
        ("N", "holds no dictionary"), ("}", "holds no tensors by name"), ("]", "holds no dictionary"),
        ("ccollections\nOrderedDict\nNR", "has no tuple"),
        ("ccollections\nOrderedDict\n(NtR", "with arguments that torch.save does not write"),
        ("ctorch._utils\n_rebuild_tensor_v2\n(NNNNNNtR", "with arguments that torch.save does not write"),
        ("ctorch._utils\n_rebuild_parameter\n(NNNtR", "with arguments that torch.save does not write"),
        ("ctorch._utils\n_rebuild_tensor_v2\n)R", "with arguments that torch.save does not write"),
        ("ctorch\nFloatStorage\n)R", "calls what is not a function"),
    ])
    func programsThatAreWrong(_ program: String, _ reason: String) throws {
        let refused = try refusal(program)
        #expect(refused.contains(reason), "\(refused)")
    }

    @Test func nestingWithoutEnd() throws {
        let depth = 300_000
        let lists = String(repeating: "]", count: depth) + String(repeating: "a", count: depth - 1)
        #expect(try refusal(lists) == "holds no dictionary; save a network's state_dict()")
        let groups = String(repeating: "(", count: depth) + String(repeating: "t", count: depth)
        #expect(try refusal(groups) == "holds no dictionary; save a network's state_dict()")
        // Dictionaries under the key "a", each within the one before.
        let key = String(decoding: Pickle.text("a"), as: UTF8.self)
        let dictionaries = String(repeating: "}" + key, count: depth) + "N" + String(repeating: "s", count: depth)
        #expect(try refusal(dictionaries).contains("to a depth of more than 32"))
    }

    @Test func circles() throws {
        let key = String(decoding: Pickle.text("a"), as: UTF8.self)
        #expect(try refusal("}q\u{0}\(key)h\u{0}s").contains("to a depth of more than 32"))
        #expect(try refusal("]q\u{0}h\u{0}a") == "holds no dictionary; save a network's state_dict()")
    }

    /// 30 dictionaries, each of which has the next one twice: a billion entries.
    @Test func sharedDictionariesAreNotMultiplied() throws {
        var program = Data("}".utf8)
        for place in 0..<30 as Range<UInt8> {
            let first = Pickle.text("a") + program + Data("q".utf8) + [place] + Data("s".utf8)
            let second = Pickle.text("b") + Data("h".utf8) + [place] + Data("s".utf8)
            program = Data("}".utf8) + first + second
        }
        #expect(try refusal(program).contains("more than 1000000 entries"))
    }

    @Test func namesWithoutEnd() throws {
        let tensor = Pickle.tensor(Pickle.storage(count: 4), shape: [4], strides: [1])
        let long = Pickle.dictionary(Pickle.text(String(repeating: "n", count: 1_001)), tensor)
        #expect(try refusal(long, storages: ["0": four]).contains("has a name of more than 1000 bytes"))
        let twice = Pickle.dictionary(Pickle.text("w"), tensor, Pickle.text("w"), tensor)
        #expect(try refusal(twice, storages: ["0": four]).hasSuffix("is in the file twice"))
    }
}
