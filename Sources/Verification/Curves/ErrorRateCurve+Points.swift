extension ErrorRateCurve {
    /// Every operating point, in order of rising threshold: one per distinct score that carries weight, from
    /// the lowest score (which accepts all) to a threshold just above the highest (which accepts nothing).
    ///
    /// FAR against TAR is the ROC, FAR against FRR the DET curve.
    public func points() -> [OperatingPoint] {
        var points: [OperatingPoint] = []
        var genuinePlace = 0
        var impostorPlace = 0
        while let threshold = lowestScore(genuinePlace, impostorPlace) {
            let genuineEnd = endOfTies(genuine, from: genuinePlace, score: threshold)
            let impostorEnd = endOfTies(impostor, from: impostorPlace, score: threshold)
            let rejected = genuine.weight(before: genuinePlace)
            let passedOver = impostor.weight(before: impostorPlace)
            if genuine.weight(before: genuineEnd) > rejected || impostor.weight(before: impostorEnd) > passedOver {
                points.append(
                    OperatingPoint(
                        threshold: threshold,
                        falseAcceptRate: (impostorWeight - passedOver) / impostorWeight,
                        falseRejectRate: rejected / genuineWeight))
            }
            genuinePlace = genuineEnd
            impostorPlace = impostorEnd
        }
        points.append(acceptingNothing)
        return points
    }

    /// The points at which the curve turns: ``points()`` less those inside a run of genuine scores alone or of
    /// impostor scores alone. The line through them is the same line; a plot needs no more.
    public func corners() -> [OperatingPoint] {
        guard genuine.cumulative == nil, impostor.cumulative == nil else { return cornersOfWeights() }
        let nothing = acceptingNothing
        let places = runs.places
        let (genuineCount, impostorCount) = (Double(genuine.count), Double(impostor.count))
        var corners: [OperatingPoint] = []
        corners.reserveCapacity(places.count)
        genuine.scores.withUnsafeBufferPointer { genuine in
            impostor.scores.withUnsafeBufferPointer { impostor in
                for place in places.dropLast() {
                    let (genuinePlace, impostorPlace) = (Int(place.genuine), Int(place.impostor))
                    let nextGenuine = genuinePlace < genuine.count ? genuine[genuinePlace] : .infinity
                    let nextImpostor = impostorPlace < impostor.count ? impostor[impostorPlace] : .infinity
                    corners.append(
                        OperatingPoint(
                            threshold: nextGenuine < nextImpostor ? nextGenuine : nextImpostor,
                            falseAcceptRate: Double(impostor.count - impostorPlace) / impostorCount,
                            falseRejectRate: Double(genuinePlace) / genuineCount))
                }
            }
        }
        corners.append(nothing)
        return corners
    }

    private func cornersOfWeights() -> [OperatingPoint] {
        let points = points()
        return points.indices.filter { place in
            guard place > 0, place < points.count - 1 else { return true }
            let (before, here, after) = (points[place - 1], points[place], points[place + 1])
            let horizontal =
                before.falseRejectRate == here.falseRejectRate && here.falseRejectRate == after.falseRejectRate
            let vertical =
                before.falseAcceptRate == here.falseAcceptRate && here.falseAcceptRate == after.falseAcceptRate
            return !horizontal && !vertical
        }.map { points[$0] }
    }

    /// The point of lowest threshold at which a condition holds that stays true as the threshold rises, in
    /// O(log² n); the point that accepts nothing if it holds at no score.
    func firstPoint(where holds: (OperatingPoint) -> Bool) -> OperatingPoint {
        let genuinePlace = genuine.firstPlace { holds(point(at: genuine.scores[$0])) }
        let impostorPlace = impostor.firstPlace { holds(point(at: impostor.scores[$0])) }
        return lowestScore(genuinePlace, impostorPlace).map(point(at:)) ?? acceptingNothing
    }

    /// The point of the next lower score; none below the lowest.
    func point(before point: OperatingPoint) -> OperatingPoint? {
        let genuinePlace = genuine.firstPlace { genuine.scores[$0] >= point.threshold }
        let impostorPlace = impostor.firstPlace { impostor.scores[$0] >= point.threshold }
        let lower = [
            genuinePlace > 0 ? genuine.scores[genuinePlace - 1] : nil,
            impostorPlace > 0 ? impostor.scores[impostorPlace - 1] : nil,
        ]
        return lower.compactMap(\.self).max().map(self.point(at:))
    }

    /// The point just above the highest score.
    var acceptingNothing: OperatingPoint {
        let highest = max(genuine.scores[genuine.count - 1], impostor.scores[impostor.count - 1])
        return OperatingPoint(threshold: highest.nextUp, falseAcceptRate: 0, falseRejectRate: 1)
    }

    /// The lower of the scores at two places, either of which may be past the end.
    func lowestScore(_ genuinePlace: Int, _ impostorPlace: Int) -> Double? {
        switch (genuinePlace < genuine.count, impostorPlace < impostor.count) {
        case (true, true): min(genuine.scores[genuinePlace], impostor.scores[impostorPlace])
        case (true, false): genuine.scores[genuinePlace]
        case (false, true): impostor.scores[impostorPlace]
        case (false, false): nil
        }
    }

    func endOfTies(_ side: WeightedScores, from place: Int, score: Double) -> Int {
        place < side.count && side.scores[place] == score ? side.endOfTies(at: place) : place
    }
}
