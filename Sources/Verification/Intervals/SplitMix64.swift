/// A generator of 64-bit numbers whose whole state is its seed, so that an interval can be computed again.
///
/// The state advances by the odd part of the golden ratio times 2⁶⁴, and each output is that state scrambled by
/// a bijection; the period is 2⁶⁴. Any output can be reached at once, which gives every draw of a bootstrap its
/// own generator whatever thread works on it. Not for secrets.
///
/// Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
public struct SplitMix64: RandomNumberGenerator, Hashable, Sendable {
    private var state: UInt64

    /// Starts a sequence; equal seeds give equal sequences.
    public init(seed: UInt64) {
        state = seed
    }

    /// A generator for one of many parallel tasks: seeded by output number `index` of the sequence of `seed`.
    public init(seed: UInt64, stream index: UInt64) {
        var parent = SplitMix64(seed: seed &+ index &* Self.increment)
        state = parent.next()
    }

    /// The next number, uniform over all 64-bit values.
    public mutating func next() -> UInt64 {
        state &+= Self.increment
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number uniform over 0 ..< `bound`, without bias: the high half of a product of 128 bits, drawn again
    /// where its low half falls into the uneven rest (Lemire 2019).
    ///
    /// It is spelled out here, not left to the standard library, so that a seed means the same numbers in every
    /// Swift release.
    ///
    /// - Precondition: `bound` > 0.
    mutating func next(below bound: Int) -> Int {
        precondition(bound > 0, "a range must not be empty")
        let range = UInt64(bound)
        var product = next().multipliedFullWidth(by: range)
        if product.low < range {
            let rest = (0 &- range) % range
            while product.low < rest { product = next().multipliedFullWidth(by: range) }
        }
        return Int(product.high)
    }

    private static let increment: UInt64 = 0x9E37_79B9_7F4A_7C15
}
