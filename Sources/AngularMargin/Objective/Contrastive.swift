import Torch

/// ℓ_i = −log( e^{z_ii} / Σ_j e^{z_ij} ) − log( e^{z_ii} / Σ_j e^{z_ji} ): row i of one matrix belongs to row i of the
/// other, looked for in both directions.
///
/// The contrastive loss of CLIP and MAMA (Nguyen et al., ECCV 2024), whose two directions are added, not averaged.
public struct Contrastive: Objective {
    public init() {}

    public var kind: ObjectiveKind { .contrastive }
    public var bias: BiasKind { .none }

    /// The first direction looks for a row's partner among the columns ("v2t" in MAMA), the second the other way.
    public func terms(_ logits: Tensor, columns: Tensor) throws -> [Term] {
        let columns = try columns.unsqueezed(1)
        return try [("v2t", 1), ("t2v", 0)].map { name, dimension in
            Term(name, try -logits.logSoftmax(dimension).gathered(columns, dimension: 1).squeezed(1))
        }
    }
}
