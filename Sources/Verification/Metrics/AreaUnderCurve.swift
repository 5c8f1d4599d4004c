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
        let area = genuine.withParts { genuine, genuineBefore in
            impostor.withParts { impostor, impostorBefore in
                var area = 0.0
                var below = 0
                var notAbove = 0
                for place in 0..<genuine.count {
                    let score = genuine[place]
                    while below < impostor.count, impostor[below] < score { below &+= 1 }
                    if notAbove < below { notAbove = below }
                    while notAbove < impostor.count, impostor[notAbove] == score { notAbove &+= 1 }
                    let weight = genuineBefore.map { $0[place + 1] - $0[place] } ?? 1
                    let passed = impostorBefore.map { $0[below] + $0[notAbove] } ?? Double(below + notAbove)
                    area += weight * passed / 2
                }
                return area
            }
        }
        return area / (genuineWeight * impostorWeight)
    }
}

extension Metric {
    /// The area under the ROC, ties counting half; ½ for scores that tell nothing.
    public static let areaUnderCurve = Metric(name: "AUC[ties half]") { $0.areaUnderCurve() }
}
