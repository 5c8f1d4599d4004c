@testable import Verification

/// Score sets for tests: the same for every run, and of every kind that matters.
enum Samples {
    /// Random sets in which many scores are equal, within and across the sides.
    static func tied(seed: UInt64, genuineCount: Int = 30, impostorCount: Int = 70) -> Scores {
        var generator = SplitMix64(seed: seed)
        return drawn(genuineCount, impostorCount) { isGenuine in
            Double(generator.next(below: 12) + (isGenuine ? 4 : 0)) / 8 - 1
        }
    }

    /// Random sets in which no two scores are equal.
    static func distinct(seed: UInt64, genuineCount: Int = 30, impostorCount: Int = 70) -> Scores {
        var generator = SplitMix64(seed: seed)
        return drawn(genuineCount, impostorCount) { isGenuine in
            Double.random(in: -1...1, using: &generator) + (isGenuine ? 0.6 : 0)
        }
    }

    /// Sets with and without ties.
    static let mixed: [Scores] = (0..<20).map { seed in
        seed.isMultiple(of: 2) ? tied(seed: seed) : distinct(seed: seed)
    }

    private static func drawn(_ genuineCount: Int, _ impostorCount: Int, score: (Bool) -> Double) -> Scores {
        let genuine = (0..<genuineCount).map { _ in score(true) }
        let impostor = (0..<impostorCount).map { _ in score(false) }
        guard let scores = try? Scores(genuine: genuine, impostor: impostor) else {
            preconditionFailure("sample scores are finite and on both sides")
        }
        return scores
    }
}

extension Double {
    /// Whether two numbers agree up to rounding.
    func isNear(_ other: Double, within tolerance: Double = 1e-12) -> Bool {
        self == other || (self - other).magnitude <= tolerance
    }
}
