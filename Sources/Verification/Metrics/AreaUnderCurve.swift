extension ErrorRateCurve {
    /// The area under the ROC: the chance that a genuine score is higher than an impostor score, equal ones
    /// counting half, in O(n).
    ///
    /// ```
    /// AUC = Σᵢⱼ gᵢ hⱼ (1[sᵢ > sⱼ] + ½·1[sᵢ = sⱼ]) / (Σ g · Σ h)
    /// ```
    public func areaUnderCurve() -> Double {
        guard genuine.cumulative == nil, impostor.cumulative == nil else { return areaUnderWeightedCurve() }
        // Twice the area in trials, which is a whole number: exact up to 2⁶³ pairs.
        var doubled = 0
        genuine.scores.withUnsafeBufferPointer { genuine in
            impostor.scores.withUnsafeBufferPointer { impostor in
                var below = 0
                var notAbove = 0
                for score in genuine {
                    while below < impostor.count, impostor[below] < score { below &+= 1 }
                    if notAbove < below { notAbove = below }
                    while notAbove < impostor.count, impostor[notAbove] == score { notAbove &+= 1 }
                    doubled &+= below &+ notAbove
                }
            }
        }
        return Double(doubled) / 2 / (genuineWeight * impostorWeight)
    }

    private func areaUnderWeightedCurve() -> Double {
        var area = 0.0
        var place = 0
        var impostorStart = 0
        while place < genuine.count {
            let score = genuine.scores[place]
            let end = genuine.endOfTies(at: place)
            while impostorStart < impostor.count, impostor.scores[impostorStart] < score { impostorStart += 1 }
            var impostorEnd = impostorStart
            while impostorEnd < impostor.count, impostor.scores[impostorEnd] == score { impostorEnd += 1 }

            let weight = genuine.weight(before: end) - genuine.weight(before: place)
            area += weight * (impostor.weight(before: impostorStart) + impostor.weight(before: impostorEnd)) / 2
            place = end
            impostorStart = impostorEnd
        }
        return area / (genuineWeight * impostorWeight)
    }
}

extension Metric {
    /// The area under the ROC, ties counting half; ½ for scores that tell nothing.
    public static let areaUnderCurve = Metric(name: "AUC[ties half]") { $0.areaUnderCurve() }
}
