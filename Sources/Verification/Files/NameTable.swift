import Foundation

/// Numbers the names in a file from zero, in order of first appearance, without copying them.
struct NameTable {
    private(set) var names: [Name] = []
    private var slots: [UInt32]
    private let base: UnsafePointer<UInt8>

    /// A stretch of the file.
    struct Name {
        let start: Int
        let count: Int
        let hash: UInt64
    }

    init(base: UnsafePointer<UInt8>) {
        self.base = base
        slots = Array(repeating: .max, count: 1024)
    }

    @inline(__always)
    mutating func number(start: Int, count: Int) -> UInt32 {
        number(of: Name(start: start, count: count, hash: Self.hash(base + start, count: count)))
    }

    mutating func number(of name: Name) -> UInt32 {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: name.hash) & mask
        while slots[slot] != .max {
            let known = names[Int(slots[slot])]
            if known.hash == name.hash, known.count == name.count,
                memcmp(base + known.start, base + name.start, name.count) == 0
            {
                return slots[slot]
            }
            slot = (slot + 1) & mask
        }
        let number = UInt32(names.count)
        names.append(name)
        slots[slot] = number
        if names.count * 2 > slots.count { grow() }
        return number
    }

    private mutating func grow() {
        let mask = slots.count * 2 - 1
        slots = Array(repeating: .max, count: slots.count * 2)
        for (number, name) in names.enumerated() {
            var slot = Int(truncatingIfNeeded: name.hash) & mask
            while slots[slot] != .max { slot = (slot + 1) & mask }
            slots[slot] = UInt32(number)
        }
    }

    /// Eight bytes at a time, multiplied and folded; names of a few dozen bytes are the rule.
    @inline(__always)
    private static func hash(_ bytes: UnsafePointer<UInt8>, count: Int) -> UInt64 {
        var hash: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(count)
        var place = 0
        while place + 8 <= count {
            hash = mixed(hash ^ UnsafeRawPointer(bytes + place).loadUnaligned(as: UInt64.self))
            place &+= 8
        }
        var rest: UInt64 = 0
        while place < count {
            rest = rest << 8 | UInt64(bytes[place])
            place &+= 1
        }
        return mixed(hash ^ rest)
    }

    @inline(__always)
    private static func mixed(_ value: UInt64) -> UInt64 {
        let product = value.multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
        return product.high ^ product.low
    }
}
