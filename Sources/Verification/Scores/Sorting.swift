import Foundation

/// The scores in ascending order.
func sorted(_ scores: [Double]) -> [Double] {
    var keys = scores.map(orderedKey)
    digitSort(&keys, chunkCount: usualChunkCount(keys.count))
    return keys.map { score(orderedKey: $0) }
}

/// The scores in ascending order, with the place each had before; equal scores keep their order.
func sortedWithPlaces(_ scores: [Double]) -> (scores: [Double], places: [UInt32]) {
    precondition(scores.count <= Int(UInt32.max), "places are counted in 32 bits")
    var elements = scores.indices.map { KeyedIndex(sortKey: orderedKey(scores[$0]), index: UInt32($0)) }
    digitSort(&elements, chunkCount: usualChunkCount(elements.count))
    return (elements.map { score(orderedKey: $0.sortKey) }, elements.map(\.index))
}

private func usualChunkCount(_ elementCount: Int) -> Int {
    sortChunkCount(elementCount: elementCount, processorCount: ProcessInfo.processInfo.activeProcessorCount)
}
