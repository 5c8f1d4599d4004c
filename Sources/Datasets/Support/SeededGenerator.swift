/// A generator of random bits that gives the same sequence for a seed on every system.
///
/// xoshiro256** (Blackman and Vigna, "Scrambled Linear Pseudorandom Number Generators", 2021), its
/// state filled by SplitMix64 (Steele, Lea and Flood, 2014) as its authors advise. Not for secrets.
///
/// Streams are addressed, not drawn one after another: ``init(seed:stream:)`` with the epoch and the
/// sample's index gives each sample its own numbers, whichever thread comes to load it.
///
/// The methods below are this type's own, because the standard library does not promise that
/// `shuffled(using:)` and `random(in:using:)` draw the same way in its next version.
public struct SeededGenerator: RandomNumberGenerator, Sendable, Hashable {
    private var s0: UInt64
    private var s1: UInt64
    private var s2: UInt64
    private var s3: UInt64

    /// The generator of a seed, or of one of its streams: (epoch), (epoch, sample), and so on.
    ///
    /// Each number of the address is added to SplitMix64's next output, which becomes its new state, so
    /// that neighbouring addresses have unrelated states and (1, 2) is another stream than (2, 1).
    public init(seed: UInt64, stream address: UInt64...) {
        var mixer = SplitMix64(state: seed)
        for number in address {
            mixer = SplitMix64(state: mixer.next() &+ number)
        }
        self.init(state: (mixer.next(), mixer.next(), mixer.next(), mixer.next()))
    }

    /// - Precondition: the state is not all zeros, the one state that xoshiro never leaves.
    init(state: (UInt64, UInt64, UInt64, UInt64)) {
        precondition(state != (0, 0, 0, 0), "xoshiro's state must not be all zeros")
        (s0, s1, s2, s3) = state
    }

    public mutating func next() -> UInt64 {
        let result = rotated(s1 &* 5, by: 7) &* 9
        let shifted = s1 << 17
        s2 ^= s0
        s3 ^= s1
        s1 ^= s2
        s0 ^= s3
        s2 ^= shifted
        s3 = rotated(s3, by: 45)
        return result
    }

    /// A number from 0 up to, but not including, 1: a multiple of 2⁻⁵³.
    public mutating func uniform() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    /// A number in `range`, its upper bound all but excluded by rounding.
    public mutating func uniform(in range: ClosedRange<Double>) -> Double {
        range.lowerBound + uniform() * (range.upperBound - range.lowerBound)
    }

    /// An integer from 0 up to, but not including, `bound`, without bias (Lemire 2019).
    ///
    /// - Precondition: `bound` is positive.
    public mutating func integer(below bound: Int) -> Int {
        precondition(bound > 0, "there is no integer below \(bound)")
        let bound = UInt64(bound)
        var product = next().multipliedFullWidth(by: bound)
        if product.low < bound {
            let threshold = (0 &- bound) % bound
            while product.low < threshold {
                product = next().multipliedFullWidth(by: bound)
            }
        }
        return Int(product.high)
    }

    /// True with the given probability.
    public mutating func chance(_ probability: Double) -> Bool {
        uniform() < probability
    }

    /// Puts the elements in an order drawn uniformly from all orders (Fisher and Yates).
    public mutating func shuffle<Element>(_ elements: inout [Element]) {
        for last in stride(from: elements.count - 1, to: 0, by: -1) {
            elements.swapAt(last, integer(below: last + 1))
        }
    }
}

/// Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", 2014.
struct SplitMix64 {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}

private func rotated(_ value: UInt64, by count: UInt64) -> UInt64 {
    value << count | value >> (64 - count)
}
