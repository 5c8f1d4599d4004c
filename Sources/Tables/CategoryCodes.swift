/// Numbers for texts in the order of their first appearance, without a `String` for every cell.
struct CategoryCodes {
    /// The first appearance of every text.
    private(set) var texts: [UnsafeBufferPointer<UInt8>] = []
    private var slots = [Int32](repeating: -1, count: 64)

    /// The number of a text; the memory must stay.
    mutating func code(_ text: UnsafeBufferPointer<UInt8>) -> Int32 {
        var slot = Self.hash(text) & (slots.count - 1)
        while slots[slot] >= 0 {
            if Self.areEqual(texts[Int(slots[slot])], text) { return slots[slot] }
            slot = (slot + 1) & (slots.count - 1)
        }
        let code = Int32(texts.count)
        slots[slot] = code
        texts.append(text)
        if texts.count * 2 > slots.count { grow() }
        return code
    }

    private mutating func grow() {
        slots = [Int32](repeating: -1, count: slots.count * 4)
        for (code, text) in texts.enumerated() {
            var slot = Self.hash(text) & (slots.count - 1)
            while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = Int32(code)
        }
    }

    /// FNV-1a, with its high bits mixed in.
    private static func hash(_ text: UnsafeBufferPointer<UInt8>) -> Int {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return Int(truncatingIfNeeded: hash ^ (hash >> 29))
    }

    static func areEqual(_ first: UnsafeBufferPointer<UInt8>, _ second: UnsafeBufferPointer<UInt8>) -> Bool {
        guard first.count == second.count else { return false }
        for place in first.indices where first[place] != second[place] { return false }
        return true
    }
}
