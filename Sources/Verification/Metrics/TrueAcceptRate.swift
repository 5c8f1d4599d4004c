/// How the true accept rate at a stated false accept rate f is read off a curve that seldom has a point at f.
public enum FalseAcceptConvention: String, CaseIterable, Codable, Sendable {
    /// The highest TAR at any threshold with FAR ≤ f: what a system attains that keeps its promise. Equal
    /// scores move together, so a tie never carries FAR past f.
    case atMost = "FAR at most"
    /// The threshold is the k-th largest impostor score, k = ⌊f · N⌋ of N impostor trials, and accepts scores ≥ it;
    /// with k = 0 it lies just above the largest. Impostors tied with the k-th carry the FAR past f. Weighted
    /// trials count as many times as their weight says.
    case impostorRank = "k-th largest impostor, k = floor(f N)"
    /// Linear interpolation on the ROC drawn with straight lines; where it climbs at FAR = f, the lower end
    /// (OpenSphere).
    case interpolated = "interpolated ROC"
    /// The highest TAR at the FAR nearest to f among all points, the higher FAR if two are equally near
    /// (InsightFace, which however looks at those points only that scikit-learn's `roc_curve` keeps).
    case nearest = "nearest FAR"
}

extension ErrorRateCurve {
    /// The true accept rate at a stated false accept rate, in O(log² n).
    ///
    /// - Precondition: 0 < `falseAcceptRate` < 1.
    public func trueAcceptRate(
        atFalseAcceptRate falseAcceptRate: Double, _ convention: FalseAcceptConvention
    ) -> Double {
        precondition(falseAcceptRate > 0 && falseAcceptRate < 1, "a false accept rate lies between 0 and 1")
        switch convention {
        case .atMost:
            return lowestPoint(falseAcceptRateAtMost: falseAcceptRate).trueAcceptRate
        case .impostorRank:
            return pointAtImpostorRank(falseAcceptRate).trueAcceptRate
        case .interpolated:
            let (below, above) = neighbours(ofFalseAcceptRate: falseAcceptRate)
            let share =
                (falseAcceptRate - below.falseAcceptRate) / (above.falseAcceptRate - below.falseAcceptRate)
            return below.trueAcceptRate + share * (above.trueAcceptRate - below.trueAcceptRate)
        case .nearest:
            let (below, above) = neighbours(ofFalseAcceptRate: falseAcceptRate)
            let isAboveNearer = above.falseAcceptRate - falseAcceptRate <= falseAcceptRate - below.falseAcceptRate
            let nearest = isAboveNearer ? above : below
            return lowestPoint(falseAcceptRateAtMost: nearest.falseAcceptRate).trueAcceptRate
        }
    }

    /// The point of lowest threshold, and so of highest TAR, with FAR ≤ f.
    func lowestPoint(falseAcceptRateAtMost falseAcceptRate: Double) -> OperatingPoint {
        firstPoint { $0.falseAcceptRate <= falseAcceptRate }
    }

    /// Neighbouring points with FAR < f ≤ FAR.
    private func neighbours(
        ofFalseAcceptRate falseAcceptRate: Double
    ) -> (below: OperatingPoint, above: OperatingPoint) {
        let below = firstPoint { $0.falseAcceptRate < falseAcceptRate }
        guard let above = point(before: below) else {
            preconditionFailure("the lowest score accepts everything, so FAR is 1 there")
        }
        return (below, above)
    }

    private func pointAtImpostorRank(_ falseAcceptRate: Double) -> OperatingPoint {
        let rank = impostorRank(falseAcceptRate)
        guard rank > 0 else { return lowestPoint(falseAcceptRateAtMost: 0) }
        let firstBeyond = impostor.firstPlace { impostorWeight - impostor.weight(before: $0) < rank }
        return point(at: impostor.scores[firstBeyond < impostor.count ? firstBeyond - 1 : impostor.count - 1])
    }

    /// The largest whole k with k / N ≤ f. The product f · N alone may round to either side of a whole number.
    private func impostorRank(_ falseAcceptRate: Double) -> Double {
        var rank = (falseAcceptRate * impostorWeight).rounded()
        if rank / impostorWeight > falseAcceptRate { rank -= 1 }
        return rank
    }
}

extension Metric {
    /// The share of genuine trials accepted where a stated share of impostor trials is.
    ///
    /// - Precondition: 0 < `falseAcceptRate` < 1.
    public static func trueAcceptRate(
        atFalseAcceptRate falseAcceptRate: Double, _ convention: FalseAcceptConvention
    ) -> Metric {
        precondition(falseAcceptRate > 0 && falseAcceptRate < 1, "a false accept rate lies between 0 and 1")
        let name = "TAR@FAR=\(scientific(falseAcceptRate))[\(convention.rawValue)]"
        return Metric(name: name, falseAcceptRate: falseAcceptRate) {
            $0.trueAcceptRate(atFalseAcceptRate: falseAcceptRate, convention)
        }
    }
}
