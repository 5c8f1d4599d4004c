/// Identities that are drawn, as many as are asked for: to see what a machine can train before the data are there.
///
/// An identity is a coarse pattern of colours, a picture of it the pattern with noise. Every picture is a function of
/// its number alone and takes no memory until it is asked for. Their bytes are a raw PPM file's, so that every source
/// feeds the same decoder. They measure speed and memory; what accuracy they give says nothing of real data.
public struct SyntheticSource: ItemSource {
    /// What there is to be drawn.
    public struct Plan: Sendable, Hashable {
        /// In the set train.
        public var identities: Int
        /// Of each of them.
        public var pictures: Int
        /// Identities in each of the sets development and test; they have two pictures at least, for there to be pairs.
        public var heldOut: Int
        /// Rows and columns of a picture.
        public var size: Int

        /// - Precondition: `identities` is 2 or more, `heldOut` 2 or more or 0, the others are positive.
        public init(identities: Int, pictures: Int = 1, heldOut: Int = 50, size: Int = 32) {
            precondition(identities > 1 && pictures > 0 && size > 0 && (heldOut == 0 || heldOut > 1))
            self.identities = identities
            self.pictures = pictures
            self.heldOut = heldOut
            self.size = size
        }
    }

    public let plan: Plan
    public let items: [Item]
    /// The pattern's cells in a row or column.
    private static let cells = 4

    public init(_ plan: Plan) {
        self.plan = plan
        var items: [Item] = []
        items.reserveCapacity(plan.identities * plan.pictures + 2 * plan.heldOut * max(2, plan.pictures))
        let digits = "\(plan.identities + 2 * plan.heldOut)".count
        var first = 0
        let sets = [
            ("train", plan.identities, plan.pictures), ("development", plan.heldOut, max(2, plan.pictures)),
            ("test", plan.heldOut, max(2, plan.pictures)),
        ]
        for (set, identities, pictures) in sets {
            for identity in first..<first + identities {
                let name = "\(identity)"
                let label = String(repeating: "0", count: digits - name.count) + name
                for picture in 0..<pictures {
                    items.append(Item(path: "\(label)#\(picture)", record: picture, label: label, split: set))
                }
            }
            first += identities
        }
        self.items = items
    }

    public func bytes(of item: Item) throws -> [UInt8] {
        guard let identity = UInt64(item.label), let picture = item.record else {
            throw DataError(path: item.path, message: "is no synthetic picture")
        }
        var generator = SeededGenerator(seed: identity)
        let pattern = (0..<3 * Self.cells * Self.cells).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
        var noise = SeededGenerator(seed: identity, stream: UInt64(picture))
        var bytes = Array("P6\n\(plan.size) \(plan.size)\n255\n".utf8)
        bytes.reserveCapacity(bytes.count + 3 * plan.size * plan.size)
        var bits: UInt64 = 0
        var left = 0
        for y in 0..<plan.size {
            for x in 0..<plan.size {
                let cell = y * Self.cells / plan.size * Self.cells + x * Self.cells / plan.size
                for channel in 0..<3 {
                    if left == 0 { (bits, left) = (noise.next(), 8) }
                    // Between −16 and 15.
                    let value = Int(pattern[3 * cell + channel]) + Int(bits & 31) - 16
                    bytes.append(UInt8(clamping: value))
                    bits >>= 8
                    left -= 1
                }
            }
        }
        return bytes
    }

    public func place(of item: Item) -> String { "synthetic \(item.path)" }
}
