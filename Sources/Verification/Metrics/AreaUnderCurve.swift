extension ErrorRateCurve {
    /// The area under the ROC: the chance that a genuine score is higher than an impostor score, equal ones
    /// counting half, in one step per run of scores of one side.
    ///
    /// ```
    /// AUC = Σᵢⱼ gᵢ hⱼ (1[sᵢ > sⱼ] + ½·1[sᵢ = sⱼ]) / (Σ g · Σ h)
    /// ```
    public func areaUnderCurve() -> Double {
        let places = runs.places
        guard genuine.cumulative == nil, impostor.cumulative == nil else { return areaUnderWeightedCurve() }
        // Twice the area in trials, which is a whole number: exact up to 2⁶³ pairs.
        var doubled = 0
        places.withUnsafeBufferPointer { places in
            for run in 1..<places.count {
                let genuine = Int(places[run].genuine &- places[run - 1].genuine)
                doubled &+= genuine &* (Int(places[run - 1].impostor) &+ Int(places[run].impostor))
            }
        }
        return Double(doubled) / 2 / (genuineWeight * impostorWeight)
    }

    private func areaUnderWeightedCurve() -> Double {
        var area = 0.0
        forEachRun { genuine, impostor in
            area += genuine.weight * (impostor.before + impostor.after) / 2
        }
        return area / (genuineWeight * impostorWeight)
    }
}

extension Metric {
    /// The area under the ROC, ties counting half; ½ for scores that tell nothing.
    public static let areaUnderCurve = Metric(name: "AUC[ties half]") { $0.areaUnderCurve() }
}
