extension ErrorRateCurve {
    /// What a run of neighbouring scores has of one side.
    struct RunSide {
        /// The places of its scores, `start` ..< `end`.
        let start, end: Int
        /// The weight of all scores before the run, and before its end.
        let before, after: Double

        /// The weight of its scores.
        var weight: Double { after - before }
    }

    /// Calls `body` with both sides of every run, ascending.
    @inline(__always)
    func forEachRun(_ body: (_ genuine: RunSide, _ impostor: RunSide) -> Void) {
        runs.places.withUnsafeBufferPointer { places in
            genuine.withParts { _, genuineBefore in
                impostor.withParts { _, impostorBefore in
                    var start = places[0]
                    var genuineWeight = 0.0
                    var impostorWeight = 0.0
                    for end in places.dropFirst() {
                        let genuineAfter = genuineBefore.map { $0[Int(end.genuine)] } ?? Double(end.genuine)
                        let impostorAfter = impostorBefore.map { $0[Int(end.impostor)] } ?? Double(end.impostor)
                        body(
                            RunSide(
                                start: Int(start.genuine), end: Int(end.genuine), before: genuineWeight,
                                after: genuineAfter),
                            RunSide(
                                start: Int(start.impostor), end: Int(end.impostor), before: impostorWeight,
                                after: impostorAfter))
                        (start, genuineWeight, impostorWeight) = (end, genuineAfter, impostorAfter)
                    }
                }
            }
        }
    }
}
