import Foundation
import Testing
import Torch

/// Files that lie or are damaged: each is refused with a message that says what is wrong.
@Suite struct HostileSafetensorsTests {
    let folder: TemporaryFolder
    init() throws { folder = try TemporaryFolder() }

    private func refusal(
        header: String, length: UInt64? = nil, data: Int = 0, _ location: SourceLocation = #_sourceLocation
    ) throws -> TensorFileError {
        let length = length ?? UInt64(header.utf8.count)
        return try refusal(
            withUnsafeBytes(of: length.littleEndian) { Data($0) } + Data(header.utf8) + Data(count: data), location)
    }

    private func refusal(_ bytes: Data, _ location: SourceLocation = #_sourceLocation) throws -> TensorFileError {
        let file = folder("hostile.safetensors")
        try bytes.write(to: file)
        let loading = #expect(throws: TensorFileError.self, sourceLocation: location) { try Safetensors.load(file) }
        #expect(throws: TensorFileError.self, sourceLocation: location) { try Safetensors.inspect(file) }
        let error = try #require(loading, sourceLocation: location)
        #expect(error.file == file.path, sourceLocation: location)
        return error
    }

    private func entry(_ name: String, _ type: String = "F32", shape: String, offsets: String) -> String {
        #""\#(name)":{"dtype":"\#(type)","shape":\#(shape),"data_offsets":\#(offsets)}"#
    }

    @Test func theShortestFileIsAccepted() throws {
        let file = folder("shortest.safetensors")
        try (Data([2, 0, 0, 0, 0, 0, 0, 0]) + Data("{}".utf8)).write(to: file)
        #expect(try Safetensors.load(file).tensors.isEmpty)
    }

    @Test func tooShort() throws {
        #expect(try refusal(Data()).reason == "is empty")
        #expect(try refusal(Data([1, 2, 3])).reason.hasPrefix("has 3 bytes"))
    }

    @Test(arguments: [100_000_001, 1 << 63, UInt64.max])
    func hugeLengths(_ length: UInt64) throws {
        #expect(
            try refusal(header: "{}", length: length).reason.hasPrefix("states a header of \(length) bytes, more than"))
    }

    @Test func everyTruncationIsNoticed() throws {
        let file = folder("whole.safetensors")
        try Safetensors.save([("a", Tensor([1.0])), ("b", Tensor([Float(2)]))], metadata: ["k": "v"], to: file)
        let whole = try Data(contentsOf: file)
        for count in 0..<whole.count {
            _ = try refusal(whole.prefix(count))
        }
        #expect(try refusal(whole.dropLast()).reason.contains("of which there are 11; the file is cut off"))
        #expect(try refusal(whole.prefix(20)).reason.hasSuffix("but ends after 12; it is cut off"))
    }

    @Test func bytesLeftOver() throws {
        let header = "{\(entry("a", shape: "[1]", offsets: "[0,4]"))}"
        #expect(
            try refusal(header: header, data: 5).reason.hasPrefix("has 5 bytes of data, of which the tensors fill 4"))
        #expect(try refusal(header: "{}", data: 1).reason.hasPrefix("has 1 bytes of data, of which the tensors fill 0"))
    }

    @Test(arguments: [
        "", "[]", " {}", "{", "{}}", "{} x", "{\"a\"}", "{\"a\":NaN}", "nonsense", "{\u{0}}\u{0}", "{,}", "{\"a\":{}",
    ])
    func textThatIsNoObject(_ text: String) throws {
        #expect(try refusal(header: text).reason.contains("header"))
    }

    @Test func textThatIsNotUTF8() throws {
        let text = Data("{\"__metadata__\":{\"k\":\"".utf8) + Data([0xFF, 0xFE]) + Data("\"}}".utf8)
        let length = withUnsafeBytes(of: UInt64(text.count).littleEndian) { Data($0) }
        #expect(try refusal(length + text).reason == "has a header that is not a JSON object in UTF-8")
        let wide = "{}".data(using: .utf16LittleEndian)!
        #expect(
            try refusal(Data([4, 0, 0, 0, 0, 0, 0, 0]) + wide).reason
                == "has a header that is not a JSON object in UTF-8")
    }

    @Test func nestingWithoutEnd() throws {
        let deep = "{\"a\":" + String(repeating: "[", count: 100_000)
        #expect(try refusal(header: deep).reason.contains("header"))
    }

    @Test(arguments: [
        (#"{"a":3}"#, "a"), (#"{"a":{"shape":[1],"data_offsets":[0,4]}}"#, "dtype"),
        (#"{"a":{"dtype":"F32","data_offsets":[0,4]}}"#, "shape"),
        (#"{"a":{"dtype":"F32","shape":[1]}}"#, "data_offsets"),
        (#"{"a":{"dtype":1,"shape":[1],"data_offsets":[0,4]}}"#, "dtype"),
        (#"{"a":{"dtype":"F32","shape":["1"],"data_offsets":[0,4]}}"#, "shape"),
        (#"{"a":{"dtype":"F32","shape":[0.5],"data_offsets":[0,4]}}"#, "0.5"),
        (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,99999999999999999999]}}"#, "99999999999999999999"),
        (#"{"a":{"dtype":"F32","shape":null,"data_offsets":[0,4]}}"#, "shape"),
    ])
    func entriesOfTheWrongForm(_ header: String, _ culprit: String) throws {
        let error = try refusal(header: header, data: 4)
        #expect(error.tensor == "a" && error.description.contains(culprit))
    }

    @Test func metadataMustBeStrings() throws {
        #expect(try refusal(header: #"{"__metadata__":{"epoch":3}}"#).reason.contains("epoch"))
        #expect(try refusal(header: #"{"__metadata__":[]}"#).tensor == nil)
    }

    @Test(arguments: ["F8_E4M3", "U16", "C64", "f32", ""])
    func otherTypes(_ type: String) throws {
        let error = try refusal(header: "{\(entry("w", type, shape: "[4]", offsets: "[0,4]"))}", data: 4)
        #expect(error.tensor == "w")
        #expect(
            error.reason
                == "type “\(type)” is not supported; those that are: BF16, BOOL, F16, F32, F64, I16, I32, I64, I8, U8")
    }

    @Test(arguments: [
        ("[1]", "[-4,0]", "must be rising and not negative"), ("[1]", "[4,0]", "must be rising and not negative"),
        ("[1]", "[0]", "must be two numbers, not 1"), ("[1]", "[0,4,8]", "must be two numbers, not 3"),
        ("[2]", "[0,8]", "ends at byte 8 of the data, of which there are 4"),
        ("[1]", "[9223372036854775803,9223372036854775807]", "the file is cut off"),
        ("[-1]", "[0,4]", "negative size, -1"), ("[-1,-1]", "[0,4]", "negative size, -1"),
        ("[2]", "[0,4]", "does not take the 4 bytes"), ("[]", "[0,0]", "does not take the 0 bytes"),
        ("[4611686018427387905,4]", "[0,4]", "does not take the 4 bytes"),
        ("[9223372036854775807,9223372036854775807,0]", "[0,0]", "does not take the 0 bytes"),
    ])
    func placesThatCannotBe(_ shape: String, _ offsets: String, _ reason: String) throws {
        let error = try refusal(header: "{\(entry("w", shape: shape, offsets: offsets))}", data: 4)
        #expect(error.tensor == "w" && error.reason.contains(reason))
    }

    @Test func overlapsAndGaps() throws {
        let first = entry("first", shape: "[2]", offsets: "[0,8]")
        let overlapping = "{\(first),\(entry("second", shape: "[2]", offsets: "[4,12]"))}"
        #expect(
            try refusal(header: overlapping, data: 12).description.hasSuffix(
                "tensor “second”: begins at byte 4 of the data and overlaps another, which ends at byte 8"))
        let same = "{\(first),\(entry("second", shape: "[2]", offsets: "[0,8]"))}"
        #expect(try refusal(header: same, data: 8).tensor == "second")
        let apart = "{\(first),\(entry("second", shape: "[1]", offsets: "[12,16]"))}"
        #expect(try refusal(header: apart, data: 16).reason.contains("leaves a gap after the one that ends at byte 8"))
        let late = "{\(entry("only", shape: "[1]", offsets: "[4,8]"))}"
        #expect(try refusal(header: late, data: 8).tensor == "only")
    }

    @Test(arguments: [("w", "w"), ("w", #"\u0077"#), ("é", "e\u{301}")])
    func namesThatComeTwice(_ first: String, _ second: String) throws {
        let header =
            "{\(entry(first, shape: "[0]", offsets: "[0,0]")),\(entry(second, shape: "[0]", offsets: "[0,0]"))}"
        #expect(try refusal(header: header).reason == "names “\(first)” twice in its header")
    }

    @Test func keysThatComeTwiceWithinAnEntry() throws {
        let header =
            #"{"w":{"dtype":"F32","dtype":"F32","shape":[0],"data_offsets":[0,0]},"__metadata__":{"a:\"{":"}"}}"#
        #expect(try refusal(header: header).reason == "names “dtype” twice in its header")
    }

    @Test func truthValuesAreZeroOrOne() throws {
        let file = folder("bool.safetensors")
        let header = "{\(entry("mask", "BOOL", shape: "[3]", offsets: "[0,3]"))}"
        let length = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Data($0) }
        try (length + Data(header.utf8) + Data([1, 0, 2])).write(to: file)
        let error = #expect(throws: TensorFileError.self) { try Safetensors.load(file) }
        #expect(error?.tensor == "mask" && error?.reason == "element 2 is 2; a truth value must be 0 or 1")
    }

    @Test func tensorsThatAreNotAlignedAreCopied() throws {
        let file = folder("odd.safetensors")
        let header =
            "{\(entry("flag", "U8", shape: "[1]", offsets: "[0,1]")),\(entry("x", "F64", shape: "[2]", offsets: "[1,17]"))}"
        let length = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Data($0) }
        let elements = [1.5, -2].withUnsafeBytes { Data($0) }
        try (length + Data(header.utf8) + Data([9]) + elements).write(to: file)
        let tensors = try Safetensors.load(file).tensors
        #expect(try tensors["x"]?.reals() == [1.5, -2] && tensors["flag"]?.reals() == [9])
    }
}
