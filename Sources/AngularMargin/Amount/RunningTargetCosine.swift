import Torch

/// t, the running mean of target cosines: how far training has come.
///
/// CurricularFace (Huang et al., CVPR 2020). Needs ``HeadStatistic/targetCosine(rate:start:)``.
public struct RunningTargetCosine: AmountRule {
    public init() {}

    public func values(of batch: MarginBatch) throws -> Tensor { try .constant(batch.state[.t]) }

    public var examples: [(name: String, value: Double)] { [("t = 0.5", 0.5), ("t = 0", 0), ("t = 1", 1)] }
}
