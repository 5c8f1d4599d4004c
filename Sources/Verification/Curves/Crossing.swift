/// Two neighbouring points between which the error rates cross: FRR < FAR below, FRR ≥ FAR above.
struct Crossing {
    let below: OperatingPoint
    let above: OperatingPoint

    /// The point at which the rates differ least.
    ///
    /// - Parameter above: which to take if both differ equally.
    func nearest(preferringAbove: Bool) -> OperatingPoint {
        let (lower, upper) = (below.imbalance.magnitude, above.imbalance.magnitude)
        if lower == upper { return preferringAbove ? above : below }
        return lower < upper ? below : above
    }

    /// The common rate where the straight line between the points has equal rates.
    var interpolatedRate: Double {
        let share = above.imbalance / (above.imbalance - below.imbalance)
        return above.falseRejectRate + share * (below.falseRejectRate - above.falseRejectRate)
    }
}

extension ErrorRateCurve {
    /// The neighbouring points between which FRR − FAR, which rises from −1 to +1, stops being negative.
    var crossing: Crossing {
        let above = firstPoint { $0.imbalance >= 0 }
        guard let below = point(before: above) else {
            preconditionFailure("the lowest score accepts everything, so FRR − FAR is −1 there")
        }
        return Crossing(below: below, above: above)
    }

    /// The crossing when scores are rejected one by one, genuine before impostor where they are equal.
    ///
    /// The points' thresholds are, as in the ASVspoof organisers' script, the score rejected last (0.001 under
    /// the lowest score before any is).
    var crossingSplittingTies: Crossing {
        let together = crossing
        let score = together.below.threshold
        let genuinePlaces = places(of: score, in: genuine)
        let impostorPlaces = places(of: score, in: impostor)
        let rejections =
            genuinePlaces.map { (genuine: $0 + 1, impostor: impostorPlaces.lowerBound) }
            + impostorPlaces.map { (genuine: genuinePlaces.upperBound, impostor: $0 + 1) }

        var below = OperatingPoint(
            threshold: point(before: together.below)?.threshold ?? score - 0.001,
            falseAcceptRate: together.below.falseAcceptRate,
            falseRejectRate: together.below.falseRejectRate)
        for rejected in rejections {
            let point = OperatingPoint(
                threshold: score,
                falseAcceptRate: (impostorWeight - impostor.weight(before: rejected.impostor)) / impostorWeight,
                falseRejectRate: genuine.weight(before: rejected.genuine) / genuineWeight)
            if point.imbalance >= 0 { return Crossing(below: below, above: point) }
            below = point
        }
        preconditionFailure("rejecting all of a score leads to the next point, where FRR ≥ FAR")
    }

    private func places(of score: Double, in side: WeightedScores) -> Range<Int> {
        let start = side.firstPlace { side.scores[$0] >= score }
        return start..<side.firstPlace { side.scores[$0] > score }
    }
}
