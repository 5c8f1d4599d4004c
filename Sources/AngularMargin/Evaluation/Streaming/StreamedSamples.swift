import Torch

/// What is known of each sample without the other classes.
struct StreamedSamples {
    /// Directions of the features where cosines are compared, else the features; [B, D], in the graph.
    let rows: Tensor
    /// ‖x‖, [B, 1], in the graph.
    let norms: Tensor
    /// The weights of the own classes as they are compared: directions, or as they are; [B, D].
    let ownWeights: Tensor
    /// cos θ, or x·w, of the own class, [B, 1].
    let own: Tensor
    /// ‖w_y‖, [B, 1].
    let ownLengths: Tensor
    let nextState: HeadState
    /// The state that this batch's margins are read from.
    let usedState: HeadState
    private let similarity: Similarity

    /// `nil` for numbers too large to be computed without care.
    init?(head: Head, input: HeadInput, state: HeadState, updatesState: Bool) throws {
        similarity = head.similarity
        let chosen = try withoutGradients { try input.comparedWeights.detached().rows(input.columns) }
        let ownDirections = try withoutGradients { try Directions(of: chosen, name: "weights") }
        ownLengths = ownDirections.norms
        switch head.similarity {
        case .cosine:
            let directions = try Directions(of: input.features, name: "features")
            rows = directions.rows
            norms = directions.norms
            ownWeights = ownDirections.rows
        case .innerProduct:
            rows = input.features
            norms = try Directions(of: input.features, name: "features", limit: nil).norms
            ownWeights = chosen
        }
        guard try (norms.detached() .<= 1e6).all() else { return nil }
        own = try Self.similarities(rows, ownWeights, head.similarity, features: input.features, weights: chosen)
        let used =
            updatesState ? try state.updated(by: head.statistics, norms: norms, targetCosines: own) : state
        usedState = used
        nextState = updatesState ? used.advanced : used
    }

    /// [B, 1]. Near 1 a cosine says little of its angle: there it is computed once more with twice the digits.
    private static func similarities(
        _ rows: Tensor, _ ownWeights: Tensor, _ similarity: Similarity, features: Tensor, weights: Tensor
    ) throws -> Tensor {
        try withoutGradients {
            let own = try (rows * ownWeights).sum([1], keeping: true)
            guard similarity == .cosine, try own.absolute().maximum([0]).item() > 0.999 else { return own }
            func directions(_ matrix: Tensor) throws -> Tensor {
                try Directions(of: matrix.to(.float64), name: "rows").rows
            }
            return try (directions(features) * directions(weights)).sum([1], keeping: true).to(own.scalarType)
        }
    }

    func targetCosines() throws -> Tensor {
        guard similarity == .innerProduct else { return try own.squeezed(1) }
        let cosines = try own / (norms * ownLengths)
        return try Tensor.select(cosines.isFinite(), cosines, .constant(0)).squeezed(1)
    }
}
