extension ErrorRateCurve {
    /// The crossing among the points that scikit-learn's `roc_curve` keeps by default.
    ///
    /// That function walks from the highest score down and drops a point if the weight it adds, genuine and
    /// impostor, equals the weight that the next lower point adds. The points of the highest and of the lowest
    /// score stay, and so does the one that accepts nothing.
    var crossingOfKeptPoints: Crossing {
        let crossing = crossing
        var below = crossing.below
        while !isKept(below), let lower = point(before: below) { below = lower }
        var above = crossing.above
        while !isKept(above) { above = point(after: above) }
        return Crossing(below: below, above: above)
    }

    /// Whether `roc_curve` keeps a point; one whose own score weighs nothing is not on its list at all.
    private func isKept(_ point: OperatingPoint) -> Bool {
        guard point.threshold < acceptingNothing.threshold else { return true }
        let step = weights(at: point.threshold)
        guard step != .zero else { return false }
        guard hasWeight(above: point.threshold) else { return true }
        var lower = self.point(before: point)
        while let candidate = lower {
            let next = weights(at: candidate.threshold)
            if next != .zero { return next != step }
            lower = self.point(before: candidate)
        }
        return true
    }

    private func point(after point: OperatingPoint) -> OperatingPoint {
        let genuinePlace = genuine.firstPlace { genuine.scores[$0] > point.threshold }
        let impostorPlace = impostor.firstPlace { impostor.scores[$0] > point.threshold }
        return lowestScore(genuinePlace, impostorPlace).map(self.point(at:)) ?? acceptingNothing
    }

    private func hasWeight(above score: Double) -> Bool {
        let point = point(at: score.nextUp)
        return point.falseAcceptRate > 0 || point.falseRejectRate < 1
    }

    /// The weight of the genuine and of the impostor trials with a score.
    private func weights(at score: Double) -> SIMD2<Double> {
        SIMD2(
            genuine.weight(below: score.nextUp) - genuine.weight(below: score),
            impostor.weight(below: score.nextUp) - impostor.weight(below: score))
    }
}
