import Foundation

/// Numbers the names in a file from zero, in order of first appearance, without copying them.
struct NameTable {
    private(set) var names: [Name] = []
    private var slots: [Slot]
    private let base: UnsafePointer<UInt8>

    /// A stretch of the file.
    struct Name {
        let start: Int
        let count: Int
        let hash: UInt64
    }

    init(base: UnsafePointer<UInt8>) {
        self.base = base
        slots = Array(repeating: Slot(), count: 1024)
    }

    @inline(__always)
    mutating func number(start: Int, count: Int) -> UInt32 {
        number(of: Name(start: start, count: count, hash: Self.hash(base + start, count: count)))
    }

    mutating func number(of name: Name) -> UInt32 {
        let mask = slots.count - 1
        var place = Int(truncatingIfNeeded: name.hash) & mask
        while slots[place].number != .max {
            let slot = slots[place]
            if slot.hash == name.hash, Int(slot.count) == name.count,
                memcmp(base + slot.start, base + name.start, name.count) == 0
            {
                return slot.number
            }
            place = (place + 1) & mask
        }
        let number = UInt32(names.count)
        names.append(name)
        slots[place] = Slot(name, number: number)
        if names.count * 2 > slots.count { grow() }
        return number
    }

    /// What a look-up compares lies together: the table is far larger than the nearer caches.
    private struct Slot {
        var hash: UInt64 = 0
        var start = 0
        var count: UInt32 = 0
        var number: UInt32 = .max

        init() {}

        init(_ name: Name, number: UInt32) {
            hash = name.hash
            start = name.start
            count = UInt32(truncatingIfNeeded: name.count)
            self.number = number
        }
    }

    private mutating func grow() {
        let mask = slots.count * 2 - 1
        slots = Array(repeating: Slot(), count: slots.count * 2)
        for (number, name) in names.enumerated() {
            var place = Int(truncatingIfNeeded: name.hash) & mask
            while slots[place].number != .max { place = (place + 1) & mask }
            slots[place] = Slot(name, number: UInt32(number))
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
