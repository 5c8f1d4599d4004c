import Foundation

/// An archive of members stored as they are, with numbers that can be forged.
struct ZipFixture {
    struct Member {
        var name: String
        var content: Data
        var method: UInt16 = 0
        var flags: UInt16 = 0
        /// What the directory states instead of the truth.
        var size: UInt32?
        var header: UInt32?
        /// Stated in the field for sizes beyond 32 bits.
        var longSize: UInt64?
    }

    var members: [Member]
    var count: UInt16?
    var directorySize: UInt32?
    var directoryOffset: UInt32?
    var comment = Data()

    init(_ members: [(String, Data)]) {
        self.members = members.map { Member(name: $0, content: $1) }
    }

    /// A file of PyTorch: a pickle and its storages.
    init(pickle: Data, storages: [String: Data] = [:], byteOrder: String = "little") {
        self.init(
            [("archive/data.pkl", pickle), ("archive/byteorder", Data(byteOrder.utf8))]
                + storages.sorted { $0.key < $1.key }.map { ("archive/data/\($0)", $1) })
    }

    var data: Data {
        var file = Data()
        var directory = Data()
        for member in members {
            let header = member.header ?? UInt32(file.count)
            let size = member.longSize == nil ? member.size ?? UInt32(member.content.count) : .max
            let extra =
                member.longSize.map { little(UInt16(1)) + little(UInt16(16)) + little($0) + little($0) } ?? Data()
            let name = Data(member.name.utf8)
            let shared =
                little(member.flags) + little(member.method) + Data(count: 8) + little(size) + little(size)
                + little(UInt16(name.count)) + little(UInt16(extra.count))
            file += little(UInt32(0x0403_4B50)) + little(UInt16(0)) + shared + name + extra + member.content
            directory +=
                little(UInt32(0x0201_4B50)) + Data(count: 4) + shared + Data(count: 10) + little(header) + name + extra
        }
        let count = count ?? UInt16(members.count)
        let end =
            little(UInt32(0x0605_4B50)) + Data(count: 4) + little(count) + little(count)
            + little(directorySize ?? UInt32(directory.count)) + little(directoryOffset ?? UInt32(file.count))
            + little(UInt16(comment.count)) + comment
        return file + directory + end
    }
}

func little(_ number: some FixedWidthInteger) -> Data {
    withUnsafeBytes(of: number.littleEndian) { Data($0) }
}

/// Opcodes of a pickle.
enum Pickle {
    static func text(_ text: String) -> Data { Data("X".utf8) + little(UInt32(text.utf8.count)) + Data(text.utf8) }
    static func global(_ module: String, _ name: String) -> Data { Data("c\(module)\n\(name)\n".utf8) }
    static func integer(_ value: Int) -> Data { Data([0x8A, 8]) + little(value) }
    static func tuple(_ elements: Data...) -> Data { Data("(".utf8) + elements.reduce(Data(), +) + Data("t".utf8) }
    static func sizes(_ values: [Int]) -> Data {
        Data("(".utf8) + values.map(integer).reduce(Data(), +) + Data("t".utf8)
    }

    static func storage(_ type: String = "FloatStorage", key: String = "0", count: Int) -> Data {
        tuple(text("storage"), global("torch", type), text(key), text("cpu"), integer(count)) + Data("Q".utf8)
    }

    static func tensor(_ storage: Data, offset: Data = integer(0), shape: [Int], strides: [Int]) -> Data {
        let hooks = global("collections", "OrderedDict") + Data(")R".utf8)
        return global("torch._utils", "_rebuild_tensor_v2")
            + tuple(storage, offset, sizes(shape), sizes(strides), Data([0x89]), hooks) + Data("R".utf8)
    }

    static func program(_ body: Data) -> Data { Data([0x80, 2]) + body + Data(".".utf8) }
    static func dictionary(_ pairs: Data...) -> Data {
        Data("}(".utf8) + pairs.reduce(Data(), +) + Data("u".utf8)
    }
}
