/// The scores in ascending order.
func ascending(_ scores: [Double]) -> [Double] {
    spreadSorted(scores)
}

/// The scores in ascending order, with the place each had before; equal scores keep their order.
func ascendingWithPlaces(_ scores: [Double]) -> (scores: [Double], places: [UInt32]) {
    precondition(scores.count <= Int(UInt32.max), "places are counted in 32 bits")
    let sorted = spreadSorted(scores.indices.map { PlacedScore(score: scores[$0], place: UInt32($0)) })
    return (sorted.map(\.score), sorted.map(\.place))
}
