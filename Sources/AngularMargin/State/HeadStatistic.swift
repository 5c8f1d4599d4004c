import Torch

/// A number, or two, that a head carries from step to step, and how a batch moves it.
///
/// A batch moves them before its margins are read.
public enum HeadStatistic: Sendable, Hashable {
    /// t ← rate · mean(cos θ_y) + (1 − rate) t. CurricularFace.
    case targetCosine(rate: Double, start: Double = 0)
    /// mean ← rate · mean(‖x‖) + (1 − rate) mean, and std likewise with the unbiased standard deviation of the
    /// batch, 0 for a batch of one. Norms are kept in [0.001, 100]. AdaFace.
    case normMoments(rate: Double, mean: Double = 20, deviation: Double = 100)
    /// The number of steps done.
    case step
    /// A seed and the number of steps done: what is drawn follows from both.
    case random(seed: UInt64 = 0)

    var start: [HeadState.Name: Double] {
        switch self {
        case .targetCosine(_, let start): [.t: start]
        case .normMoments(_, let mean, let deviation): [.mean: mean, .std: deviation]
        case .step: [.step: 0]
        case .random(let seed): [.seed: Double(seed), .step: 0]
        }
    }

    /// Moves the statistic by a batch.
    func update(_ state: inout HeadState, norms: Tensor, targetCosines: Tensor) throws {
        switch self {
        case .targetCosine(let rate, _):
            state[.t] += try rate * (targetCosines.mean().item() - state[.t])
        case .normMoments(let rate, _, _):
            let clipped = try NormQuality.clipped(norms)
            let deviation = norms.size(0) > 1 ? try clipped.variance([0]).squareRoot().item() : 0
            state[.mean] += try rate * (clipped.mean().item() - state[.mean])
            state[.std] += rate * (deviation - state[.std])
        case .step, .random:
            break
        }
    }
}

extension HeadState {
    /// The state with which a batch's margins are read, when the batch counts.
    func updated(
        by statistics: [HeadStatistic], norms: Tensor, targetCosines: Tensor
    ) throws -> HeadState {
        var state = self
        for statistic in statistics {
            try statistic.update(&state, norms: norms.detached(), targetCosines: targetCosines)
        }
        return state
    }

    /// The state for the next batch.
    var advanced: HeadState {
        var state = self
        if numbers[.step] != nil { state[.step] += 1 }
        return state
    }
}
