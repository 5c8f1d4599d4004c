import Foundation

/// The scores in ascending order.
func ascending(_ scores: [Double]) -> [Double] {
    var scores = scores
    digitSort(&scores, chunkCount: usualChunkCount(scores.count))
    return scores
}

/// The scores in ascending order, with the place each had before; equal scores keep their order.
func ascendingWithPlaces(_ scores: [Double]) -> (scores: [Double], places: [UInt32]) {
    precondition(scores.count <= Int(UInt32.max), "places are counted in 32 bits")
    var elements = scores.indices.map { PlacedScore(score: scores[$0], place: UInt32($0)) }
    digitSort(&elements, chunkCount: usualChunkCount(elements.count))
    return (elements.map(\.score), elements.map(\.place))
}

private func usualChunkCount(_ elementCount: Int) -> Int {
    sortChunkCount(elementCount: elementCount, processorCount: ProcessInfo.processInfo.activeProcessorCount)
}
