import Foundation

extension Safetensors {
    /// What a file holds, without its elements.
    public struct Header: Sendable, Equatable {
        public struct Entry: Sendable, Equatable {
            public let name: String
            public let scalarType: ScalarType
            public let shape: [Int]
            /// Where in the file the elements are.
            public let bytes: Range<Int>
        }

        /// In the order of the elements in the file.
        public let entries: [Entry]
        public let metadata: [String: String]
    }

    /// More is refused, as by the format's own library.
    static let headerLimit = 100_000_000
    static let metadataKey = "__metadata__"
}

extension Safetensors.Header {
    /// Reads a header: eight bytes with its length, then a JSON object, then the elements, which the
    /// tensors must fill without gaps and without overlaps.
    init(_ bytes: UnsafeRawBufferPointer, file: String) throws {
        let text = try Self.text(bytes, file: file)
        let start = 8 + text.count
        let parsed = try Self.parse(text, file: file)
        let dataCount = bytes.count - start
        entries = try parsed.tensors.map {
            try Self.entry($0, $1, dataStart: start, dataCount: dataCount, file: file)
        }.sorted {
            ($0.bytes.lowerBound, $0.bytes.upperBound, $0.name) < ($1.bytes.lowerBound, $1.bytes.upperBound, $1.name)
        }
        var filled = 0
        for entry in entries {
            let begin = entry.bytes.lowerBound - start
            guard begin == filled else {
                let fault = begin < filled ? "overlaps another, which ends" : "leaves a gap after the one that ends"
                throw TensorFileError(
                    file: file, tensor: entry.name,
                    reason: "begins at byte \(begin) of the data and \(fault) at byte \(filled)")
            }
            filled = entry.bytes.upperBound - start
        }
        guard filled == dataCount else {
            throw TensorFileError(
                file: file,
                reason: "has \(dataCount) bytes of data, of which the tensors fill \(filled); nothing may be left over")
        }
        metadata = parsed.metadata
    }

    /// The JSON text, whose length and beginning are checked.
    private static func text(_ bytes: UnsafeRawBufferPointer, file: String) throws -> Data {
        guard bytes.count >= 8 else {
            throw TensorFileError(
                file: file,
                reason: "has \(bytes.count) bytes; a safetensors file begins with 8 that give its header's length")
        }
        let length = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
        guard length <= Safetensors.headerLimit else {
            throw TensorFileError(
                file: file,
                reason: "states a header of \(length) bytes, more than the \(Safetensors.headerLimit) allowed; "
                    + "it is probably not a safetensors file")
        }
        guard length <= bytes.count - 8 else {
            throw TensorFileError(
                file: file,
                reason: "states a header of \(length) bytes, but ends after \(bytes.count - 8); it is cut off")
        }
        let text = Data(bytes[8..<8 + Int(length)])
        // A zero byte would make Foundation take the text for UTF-16 or UTF-32.
        guard text.first == UInt8(ascii: "{"), !text.contains(0), String(validating: text, as: UTF8.self) != nil else {
            throw TensorFileError(file: file, reason: "has a header that is not a JSON object in UTF-8")
        }
        return text
    }

    private static func parse(_ text: Data, file: String) throws -> SafetensorsJSON {
        let parsed: SafetensorsJSON
        do {
            parsed = try JSONDecoder().decode(SafetensorsJSON.self, from: text)
        } catch let error as SafetensorsJSON.Fault {
            throw TensorFileError(
                file: file, tensor: error.key == Safetensors.metadataKey ? nil : error.key,
                reason: "its entry in the header: \(explanation(of: error.cause))")
        } catch let error as DecodingError {
            throw TensorFileError(
                file: file, reason: "has a header that is not a JSON object: \(explanation(of: error))")
        }
        if let key = repeatedKey(inJSON: text) {
            throw TensorFileError(file: file, reason: "names “\(key)” twice in its header")
        }
        return parsed
    }

    /// One tensor, whose type, shape and place fit each other and the file.
    private static func entry(
        _ name: String, _ stated: SafetensorsJSON.Entry, dataStart: Int, dataCount: Int, file: String
    ) throws -> Entry {
        func fault(_ reason: String) -> TensorFileError { TensorFileError(file: file, tensor: name, reason: reason) }
        guard let type = ScalarType(safetensorsName: stated.dtype) else {
            let known = ScalarType.allCases.map(\.safetensorsName).sorted().joined(separator: ", ")
            throw fault("type “\(stated.dtype)” is not supported; those that are: \(known)")
        }
        if let size = stated.shape.first(where: { $0 < 0 }) {
            throw fault("shape \(stated.shape) has a negative size, \(size)")
        }
        guard stated.data_offsets.count == 2 else {
            throw fault("data_offsets must be two numbers, not \(stated.data_offsets.count)")
        }
        let (begin, end) = (stated.data_offsets[0], stated.data_offsets[1])
        guard 0 <= begin, begin <= end else {
            throw fault("data_offsets [\(begin), \(end)] must be rising and not negative")
        }
        guard end <= dataCount else {
            throw fault(
                "ends at byte \(end) of the data, of which there are \(dataCount); the file is cut off or damaged")
        }
        guard type.byteCount(ofShape: stated.shape) == end - begin else {
            throw fault("\(type) \(stated.shape) does not take the \(end - begin) bytes that data_offsets state")
        }
        return Entry(name: name, scalarType: type, shape: stated.shape, bytes: dataStart + begin..<dataStart + end)
    }
}

/// The header as the JSON text has it.
private struct SafetensorsJSON: Decodable {
    struct Entry: Decodable {
        let dtype: String
        let shape: [Int]
        let data_offsets: [Int]
    }

    /// What is wrong in the entry of one key. (The decoder itself forgets
    /// the key of a number that does not fit.)
    struct Fault: Error {
        let key: String
        let cause: any Error
    }

    struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { return nil }
    }

    var tensors: [String: Entry] = [:]
    var metadata: [String: String] = [:]

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        for key in container.allKeys {
            do {
                if key.stringValue == Safetensors.metadataKey {
                    metadata = try container.decode([String: String].self, forKey: key)
                } else {
                    tensors[key.stringValue] = try container.decode(Entry.self, forKey: key)
                }
            } catch {
                throw Fault(key: key.stringValue, cause: error)
            }
        }
    }
}

/// What a JSON decoder complains about, and at which key.
private func explanation(of error: any Error) -> String {
    switch error as? DecodingError {
    case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
        let path = context.codingPath.map(\.stringValue).joined(separator: ".")
        let reason = context.underlyingError.map(explanation) ?? context.debugDescription
        return path.isEmpty ? reason : "\(path): \(reason)"
    case .keyNotFound(let key, _):
        return "“\(key.stringValue)” is missing"
    default:
        return (error as NSError).userInfo[NSDebugDescriptionErrorKey] as? String ?? "\(error)"
    }
}

extension ScalarType {
    /// The format's name for the type.
    var safetensorsName: String {
        switch self {
        case .float64: "F64"
        case .float32: "F32"
        case .float16: "F16"
        case .bfloat16: "BF16"
        case .int64: "I64"
        case .int32: "I32"
        case .int16: "I16"
        case .int8: "I8"
        case .uint8: "U8"
        case .bool: "BOOL"
        }
    }

    init?(safetensorsName name: String) {
        guard let type = Self.allCases.first(where: { $0.safetensorsName == name }) else { return nil }
        self = type
    }
}
