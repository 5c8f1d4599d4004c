import Torch

/// What a head remembers from step to step, as plain numbers.
///
/// A function of a head's ``Head/statistics``: empty for most. ``MarginHead`` keeps it in buffers, which a
/// checkpoint holds like any others, so that a resumed run goes on with the same margins and the same draws.
public struct HeadState: Sendable, Hashable {
    /// The names under which numbers are kept, in files too.
    public enum Name: String, Sendable, CaseIterable {
        /// CurricularFace's running mean of target cosines.
        case t
        /// AdaFace's running mean of norms.
        case mean
        /// AdaFace's running standard deviation of norms.
        case std
        /// Steps done.
        case step
        /// What random draws begin from; a whole number below 2⁵³.
        case seed

        /// Whether it is a whole number.
        public var isCount: Bool { self == .step || self == .seed }
    }

    public private(set) var numbers: [Name: Double]

    /// The state before the first step.
    public init(_ statistics: [HeadStatistic] = []) {
        numbers = [:]
        for statistic in statistics {
            for (name, value) in statistic.start { numbers[name] = value }
        }
    }

    /// A number that the head keeps. Asking for another one is a programmer's mistake.
    public subscript(name: Name) -> Double {
        get {
            guard let number = numbers[name] else { preconditionFailure("the head keeps no \(name.rawValue)") }
            return number
        }
        set { numbers[name] = newValue }
    }

    /// The names it has, in a fixed order.
    public var names: [Name] { Name.allCases.filter { numbers[$0] != nil } }

    var step: Int { Int(self[.step]) }

    /// What random numbers are drawn for: each has its own, in every step.
    enum Purpose: UInt64 {
        case margins = 1
        case classes = 2
    }

    /// A generator that is a function of seed, step and purpose alone.
    func generator(for purpose: Purpose) throws -> Generator {
        var mixed = UInt64(self[.seed])
        for part in [UInt64(self[.step]), purpose.rawValue] { mixed = Self.mix(mixed ^ Self.mix(part)) }
        return try Generator(seed: mixed)
    }

    /// The output function of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
    private static func mix(_ value: UInt64) -> UInt64 {
        var z = value &+ 0x9E37_79B9_7F4A_7C15
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
