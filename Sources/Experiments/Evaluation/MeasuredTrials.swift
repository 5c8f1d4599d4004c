import Reports
import Verification

/// What was found about one model on one set, or on one condition within it.
public struct MeasuredTrials: Sendable {
    public let row: EvaluationReport.Row
    public let curve: ErrorRateCurve
    /// Around the curve's true accept rates, over the same draws as the row's intervals.
    public let band: PointwiseBand
}
