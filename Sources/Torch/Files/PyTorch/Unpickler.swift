/// Reads a pickle of tensors: protocol 2, with the opcodes that `torch.save` writes and no others.
///
/// A pickle is a program for a machine with a stack and a memory of numbered places. In Python that program
/// may call any function. Here it can call ``PickleFunction`` only; whatever else it names is refused.
/// Opcodes are described in Python's `pickletools`.
struct Unpickler {
    private var reader: ByteReader
    private var stack: [PickleValue] = []
    /// Heights of the stack.
    private var marks: [Int] = []
    private var memory: [UInt32: PickleValue] = [:]
    private(set) var objects = PickleObjects()
    private var storages: PyTorchStorages

    init(_ reader: ByteReader, storages: PyTorchStorages) {
        self.reader = reader
        self.storages = storages
    }

    /// Runs the program, and gives what it leaves.
    mutating func value() throws -> PickleValue {
        guard try reader.integer(UInt8.self) == 0x80, try reader.integer(UInt8.self) == 2 else {
            throw reader.fault("is not a pickle of protocol 2, which torch.save writes")
        }
        while true {
            let opcode = try reader.integer(UInt8.self)
            if opcode == UInt8(ascii: ".") { break }
            try perform(opcode)
        }
        let value = try pop()
        guard stack.isEmpty, marks.isEmpty else { throw reader.fault("leaves more than one value") }
        return value
    }

    private mutating func perform(_ opcode: UInt8) throws {
        switch UnicodeScalar(opcode) {
        case "N": stack.append(.none)
        case "\u{88}": stack.append(.truth(true))
        case "\u{89}": stack.append(.truth(false))
        case "K": stack.append(.integer(Int(try reader.integer(UInt8.self))))
        case "M": stack.append(.integer(Int(try reader.integer(UInt16.self))))
        case "J": stack.append(.integer(Int(try reader.integer(Int32.self))))
        case "\u{8A}": stack.append(.integer(try long()))
        // The one number that is big endian.
        case "G": stack.append(.real(Double(bitPattern: try reader.integer(UInt64.self).byteSwapped)))
        case "X": stack.append(.text(try reader.text(Int(try reader.integer(UInt32.self)))))
        case "q": try remember(UInt32(try reader.integer(UInt8.self)))
        case "r": try remember(try reader.integer(UInt32.self))
        case "h": try recall(UInt32(try reader.integer(UInt8.self)))
        case "j": try recall(try reader.integer(UInt32.self))
        case "(": marks.append(stack.count)
        case ")": stack.append(.tuple(objects.sequence([])))
        case "\u{85}": stack.append(.tuple(objects.sequence(try pop(1))))
        case "\u{86}": stack.append(.tuple(objects.sequence(try pop(2))))
        case "\u{87}": stack.append(.tuple(objects.sequence(try pop(3))))
        case "t": stack.append(.tuple(objects.sequence(try popToMark())))
        case "]": stack.append(.list(objects.sequence([])))
        case "a": try extendList(try pop(1))
        case "e": try extendList(try popToMark())
        case "}": stack.append(.dictionary(objects.dictionary()))
        case "s": try extendDictionary(try pop(2))
        case "u": try extendDictionary(try popToMark())
        case "c": stack.append(try global())
        case "R": try call()
        case "Q": stack.append(.storage(try storages.storage(try elements(ofTuple: try pop()), reader)))
        case "b": try build()
        default:
            throw reader.fault(
                "has opcode \(opcode) at byte \(reader.position - 1), which torch.save does not write")
        }
    }

    // MARK: The stack

    private mutating func pop(_ count: Int = 1) throws -> [PickleValue] {
        guard stack.count - (marks.last ?? 0) >= count else {
            throw reader.fault("takes more values than there are at byte \(reader.position - 1)")
        }
        defer { stack.removeLast(count) }
        return Array(stack.suffix(count))
    }

    private mutating func pop() throws -> PickleValue { try pop(1)[0] }

    private mutating func popToMark() throws -> [PickleValue] {
        guard let mark = marks.popLast() else {
            throw reader.fault("ends a group that was not begun at byte \(reader.position - 1)")
        }
        return try pop(stack.count - mark)
    }

    /// The topmost value, which stays.
    private func top() throws -> PickleValue {
        guard stack.count > marks.last ?? 0, let value = stack.last else {
            throw reader.fault("uses a value that is not there at byte \(reader.position - 1)")
        }
        return value
    }

    // MARK: Memory

    private mutating func remember(_ place: UInt32) throws { memory[place] = try top() }

    private mutating func recall(_ place: UInt32) throws {
        guard let value = memory[place] else {
            throw reader.fault("recalls value \(place), which was never stored")
        }
        stack.append(value)
    }

    // MARK: Values

    /// Two's complement, little endian, of as many bytes as the first one says.
    private mutating func long() throws -> Int? {
        let bytes = try reader.take(Int(try reader.integer(UInt8.self)))
        guard bytes.count <= 8 else { return nil }
        let sign: UInt64 = bytes.last.map { $0 >= 0x80 ? .max : 0 } ?? 0
        return Int(truncatingIfNeeded: bytes.reversed().reduce(sign) { $0 << 8 | UInt64($1) })
    }

    private mutating func extendList(_ elements: [PickleValue]) throws {
        guard case .list(let place) = try top() else { throw reader.fault("appends to what is not a list") }
        objects.sequences[place] += elements
    }

    private mutating func extendDictionary(_ elements: [PickleValue]) throws {
        guard case .dictionary(let place) = try top(), elements.count.isMultiple(of: 2) else {
            throw reader.fault("sets keys of what is not a dictionary at byte \(reader.position - 1)")
        }
        for index in stride(from: 0, to: elements.count, by: 2) {
            objects.dictionaries[place].append((elements[index], elements[index + 1]))
        }
    }

    private func elements(ofTuple value: PickleValue) throws -> [PickleValue] {
        guard case .tuple(let place) = value else {
            throw reader.fault("has no tuple at byte \(reader.position - 1), where one should be")
        }
        return objects.sequences[place]
    }

    private mutating func global() throws -> PickleValue {
        let name = "\(try reader.line()).\(try reader.line())"
        if let function = PickleFunction(rawValue: name) { return .function(function) }
        if let type = ScalarType(storageName: name) { return .storageType(type) }
        let known = PickleFunction.allCases.map(\.rawValue) + ScalarType.allCases.map(\.storageName)
        throw reader.fault(
            "names “\(name.prefix(200))”, which is refused: loading such a file in Python can run any code. "
                + "Understood are only \(known.sorted().joined(separator: ", ")). "
                + "If you trust the file, save only its state_dict() in Python")
    }

    private mutating func call() throws {
        let arguments = try elements(ofTuple: try pop())
        guard case .function(let function) = try pop() else {
            throw reader.fault("calls what is not a function at byte \(reader.position - 1)")
        }
        switch (function, arguments.first) {
        case (.orderedDictionary, nil):
            stack.append(.dictionary(objects.dictionary()))
        case (.tensor, .storage(let storage)) where 6...7 ~= arguments.count:
            stack.append(
                .tensor(
                    try storages.view(
                        storage, offset: arguments[1], shape: try elements(ofTuple: arguments[2]),
                        strides: try elements(ofTuple: arguments[3]), reader)))
        case (.parameter, .tensor(let tensor)) where arguments.count == 3:
            stack.append(.tensor(tensor))
        default:
            throw reader.fault("calls \(function.rawValue) with arguments that torch.save does not write")
        }
    }

    /// Attributes of a dictionary, such as the `_metadata` of a state, are of no use here.
    private mutating func build() throws {
        _ = try pop(1)
        guard case .dictionary = try top() else {
            throw reader.fault("gives attributes to what is not a dictionary at byte \(reader.position - 1)")
        }
    }
}
