import Dispatch

/// Merges sorted chunks that lie one after the other, pair by pair, until one is left in `elements`.
///
/// - Parameters:
///   - bounds: the first place of every chunk, then the end; the number of chunks is a power of two.
func mergeChunks<Element: DigitSortable>(
    _ elements: UnsafeMutablePointer<Element>, scratch: UnsafeMutablePointer<Element>, bounds: [Int]
) {
    let pieceCount = bounds.count - 1
    let count = bounds[pieceCount]
    nonisolated(unsafe) var source = elements
    nonisolated(unsafe) var target = scratch
    var bounds = bounds
    while bounds.count > 2 {
        let pairCount = (bounds.count - 1) / 2
        let piecesPerPair = pieceCount / pairCount
        let starts = bounds
        DispatchQueue.concurrentPerform(iterations: pieceCount) { piece in
            let pair = piece / piecesPerPair
            let part = piece % piecesPerPair
            let start = starts[2 * pair]
            let left = UnsafeBufferPointer(start: source + start, count: starts[2 * pair + 1] - start)
            let right = UnsafeBufferPointer(
                start: source + starts[2 * pair + 1], count: starts[2 * pair + 2] - starts[2 * pair + 1])
            let size = left.count + right.count
            mergePiece(
                left, right, into: target + start,
                outputs: (part * size / piecesPerPair)..<((part + 1) * size / piecesPerPair))
        }
        bounds = stride(from: 0, to: starts.count, by: 2).map { starts[$0] }
        swap(&source, &target)
    }
    if source != elements { elements.update(from: source, count: count) }
}

/// Writes the places `outputs` of the stable merge of two sorted lists.
private func mergePiece<Element: DigitSortable>(
    _ left: UnsafeBufferPointer<Element>, _ right: UnsafeBufferPointer<Element>,
    into target: UnsafeMutablePointer<Element>, outputs: Range<Int>
) {
    var leftPlace = leftShare(of: outputs.lowerBound, left, right)
    var rightPlace = outputs.lowerBound - leftPlace
    for place in outputs {
        let takesLeft =
            rightPlace == right.count
            || (leftPlace < left.count && left[leftPlace].sortKey <= right[rightPlace].sortKey)
        if takesLeft {
            target[place] = left[leftPlace]
            leftPlace &+= 1
        } else {
            target[place] = right[rightPlace]
            rightPlace &+= 1
        }
    }
}

/// How many of the first `outputCount` elements of the stable merge come from `left`.
private func leftShare<Element: DigitSortable>(
    of outputCount: Int, _ left: UnsafeBufferPointer<Element>, _ right: UnsafeBufferPointer<Element>
) -> Int {
    var low = max(0, outputCount - right.count)
    var high = min(outputCount, left.count)
    while low < high {
        let middle = (low + high) / 2
        if left[middle].sortKey <= right[outputCount - middle - 1].sortKey {
            low = middle + 1
        } else {
            high = middle
        }
    }
    return low
}
