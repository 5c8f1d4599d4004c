extension ErrorRateCurve {
    /// The equal error rate by a convention, in O(log² n) (plus the length of the tie or run at the crossing
    /// where a convention looks into it).
    public func equalErrorRate(_ convention: EqualErrorRate.Convention) -> EqualErrorRate {
        switch convention {
        case .meanAtClosest:
            meanRate(at: crossing.nearest(preferringAbove: false), convention)
        case .meanAtClosestTiesSplit:
            meanRate(at: crossingSplittingTies.nearest(preferringAbove: false), convention)
        case .maximumAtClosest:
            largerRate(at: crossing.nearest(preferringAbove: true), convention)
        case .maximumAtClosestCorner:
            largerRate(at: crossingOfKeptPoints.nearest(preferringAbove: true), convention)
        case .interpolated:
            EqualErrorRate(
                rate: crossing.interpolatedRate, threshold: crossing.above.threshold, convention: convention)
        }
    }

    private func meanRate(at point: OperatingPoint, _ convention: EqualErrorRate.Convention) -> EqualErrorRate {
        EqualErrorRate(
            rate: (point.falseRejectRate + point.falseAcceptRate) / 2, threshold: point.threshold,
            convention: convention)
    }

    private func largerRate(at point: OperatingPoint, _ convention: EqualErrorRate.Convention) -> EqualErrorRate {
        EqualErrorRate(
            rate: max(point.falseRejectRate, point.falseAcceptRate), threshold: point.threshold,
            convention: convention)
    }
}
