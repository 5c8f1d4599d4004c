import Verification

/// Draws many samples of people from one world and counts how often the 95 % interval holds the world's own error
/// rate, once resampling identities and once resampling trials.
func measureCoverage() throws {
    let metric = Metric.equalErrorRate(.interpolated)
    var population = World(seed: 0)
    let truth = metric(try population.trials(identityCount: 20_000, trialCount: 4_000_000).scored.curve)
    let sampleCount = 200
    for identityCount in [20, 40] {
        var held = 0
        var heldByTrials = 0
        for sample in 0..<sampleCount {
            var world = World(seed: UInt64(1 + sample + 1000 * identityCount))
            let trials = try world.allPairs(identityCount: identityCount)
            let bootstrap = IdentityBootstrap(seed: UInt64(sample), drawCount: 400)
            held += try bootstrap.estimates(of: [metric], on: trials).estimates[0].interval.contains(truth) ? 1 : 0
            let alone = try trials.takenAsIndependent()
            heldByTrials +=
                try bootstrap.estimates(of: [metric], on: alone).estimates[0].interval.contains(truth) ? 1 : 0
        }
        try report(
            "coverage",
            [
                "identities": Double(identityCount), "over identities": Double(held) / Double(sampleCount),
                "over single trials": Double(heldByTrials) / Double(sampleCount), "true EER": truth,
            ])
    }
}
