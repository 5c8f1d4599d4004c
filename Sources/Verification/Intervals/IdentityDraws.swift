import Dispatch

/// The draws of a bootstrap over identities, each of which can be made apart from the others.
struct IdentityDraws: Sendable {
    let seed: UInt64
    let drawCount: Int
    let identityCount: Int
    /// Whether metrics sum over the scores.
    let summing: Bool

    /// What one draw gave.
    struct Result: Sendable {
        /// The numbers measured on the draw's curves.
        var values: [Double] = []
        /// How often the draw was made again for want of impostor or genuine trials.
        var redrawnCount = 0
    }

    /// Measures every draw on the re-weighted curves of one or more systems that share a trial list.
    func measured(
        on systems: [ScoredTrials], threadCount: Int, measure: @Sendable ([ErrorRateCurve]) -> [Double]
    ) -> [Result] {
        var results = Array(repeating: Result(), count: drawCount)
        results.withUnsafeMutableBufferPointer { buffer in
            // Every draw is written by one thread alone.
            nonisolated(unsafe) let buffer = buffer
            DispatchQueue.concurrentPerform(iterations: threadCount) { thread in
                var curves = systems.map(\.curve)
                for draw in stride(from: thread, to: drawCount, by: threadCount) {
                    let redrawnCount = redraw(&curves, of: systems, draw: draw)
                    buffer[draw] = Result(values: measure(curves), redrawnCount: redrawnCount)
                }
            }
        }
        return results
    }

    /// Re-weights the curves by a draw that has both kinds of trials, and says how many before it had not.
    ///
    /// Three identities suffice for one genuine and one impostor trial, and a draw holds three given ones with
    /// probability of at least a fifth, so this ends.
    private func redraw(_ curves: inout [ErrorRateCurve], of systems: [ScoredTrials], draw: Int) -> Int {
        var generator = SplitMix64(seed: seed, stream: UInt64(draw))
        var redrawnCount = 0
        while true {
            let counts = drawnCounts(using: &generator)
            for system in systems.indices {
                curves[system].reweight(as: systems[system], counts: counts, summing: summing)
            }
            if curves[0].genuineWeight > 0, curves[0].impostorWeight > 0 { return redrawnCount }
            redrawnCount += 1
        }
    }

    /// How often each identity is drawn, when as many are drawn as there are; then a one, for the side of a trial
    /// that nobody is drawn for.
    private func drawnCounts(using generator: inout SplitMix64) -> [Double] {
        var counts = Array(repeating: 0.0, count: identityCount + 1)
        for _ in 0..<identityCount { counts[generator.next(below: identityCount)] += 1 }
        counts[identityCount] = 1
        return counts
    }
}
