import Dispatch

/// Sorts by ``DigitSortable/sortKey``, ascending and stable, on as many threads as `chunkCount` says.
///
/// Every chunk is sorted by its upper three 11-bit digits, least significant first; the few elements that agree in
/// all of them are then sorted by comparing, or, where they are many, by the lower three digits (passes in which all
/// keys agree are left out). Then neighbouring chunks are
/// merged, pair by pair, each merge cut into independent pieces. The result does not depend on the number of
/// chunks.
///
/// - Parameters:
///   - elements: what to sort, in place.
///   - chunkCount: a power of two.
func digitSort<Element: DigitSortable>(_ elements: inout [Element], chunkCount: Int) {
    precondition(chunkCount > 0 && chunkCount & (chunkCount - 1) == 0, "chunkCount must be a power of two")
    let count = elements.count
    guard count > 1 else { return }

    let bounds = (0...chunkCount).map { $0 * count / chunkCount }
    let scratch = UnsafeMutablePointer<Element>.allocate(capacity: count)
    defer { scratch.deallocate() }
    elements.withUnsafeMutableBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return }
        nonisolated(unsafe) let source = base
        nonisolated(unsafe) let target = scratch
        DispatchQueue.concurrentPerform(iterations: chunkCount) { chunk in
            let start = bounds[chunk]
            sortChunk(source + start, scratch: target + start, count: bounds[chunk + 1] - start)
        }
        mergeChunks(source, scratch: target, bounds: bounds)
    }
}

/// The number of chunks worth sorting apart: one per processor, but none under 2¹⁵ elements.
func sortChunkCount(elementCount: Int, processorCount: Int) -> Int {
    let useful = max(1, min(processorCount, elementCount >> 15))
    return 1 << (Int.bitWidth - 1 - useful.leadingZeroBitCount)
}

private let digitBits = 11
private let bucketCount = 1 << digitBits

/// The upper digits, which alone part most scores; what they leave together is sorted by the lower ones.
private let upperDigits = 3..<6
private let lowerDigits = 0..<3

/// Up to this many elements, comparing costs less than clearing and summing histograms does.
private let longestInsertion = 128

/// Sorts one chunk; the result lies in `elements`.
func sortChunk<Element: DigitSortable>(
    _ elements: UnsafeMutablePointer<Element>, scratch: UnsafeMutablePointer<Element>, count: Int
) {
    guard count > longestInsertion else {
        insertionSort(elements, count: count)
        return
    }
    sortByDigits(upperDigits, elements, scratch: scratch, count: count)
    let lowerBits = UInt64(upperDigits.lowerBound * digitBits)
    var start = 0
    while start < count {
        let upper = elements[start].sortKey &>> lowerBits
        var end = start &+ 1
        while end < count, elements[end].sortKey &>> lowerBits == upper { end &+= 1 }
        if end - start > longestInsertion {
            sortByDigits(lowerDigits, elements + start, scratch: scratch + start, count: end - start)
        } else {
            insertionSort(elements + start, count: end - start)
        }
        start = end
    }
}

/// Sorts by some digits, least significant first; the result lies in `elements`.
private func sortByDigits<Element: DigitSortable>(
    _ digits: Range<Int>, _ elements: UnsafeMutablePointer<Element>, scratch: UnsafeMutablePointer<Element>, count: Int
) {
    // Not a temporary allocation with a closure: Swift 6.3.1 ends such a closure with a jump to memmove that
    // leaves the error register set, and the caller takes that for an error.
    let histograms = UnsafeMutableBufferPointer<Int>.allocate(capacity: digits.count * bucketCount)
    defer { histograms.deallocate() }
    histograms.initialize(repeating: 0)
    for place in 0..<count {
        let key = elements[place].sortKey
        for digit in digits {
            histograms[(digit &- digits.lowerBound) &* bucketCount &+ bucket(key, digit)] &+= 1
        }
    }
    var source = elements
    var target = scratch
    for digit in digits {
        let first = (digit - digits.lowerBound) * bucketCount
        let places = UnsafeMutableBufferPointer(rebasing: histograms[first..<(first + bucketCount)])
        if places[bucket(source[0].sortKey, digit)] == count { continue }
        var next = 0
        for value in 0..<bucketCount {
            let size = places[value]
            places[value] = next
            next += size
        }
        for place in 0..<count {
            let element = source[place]
            let value = bucket(element.sortKey, digit)
            target[places[value]] = element
            places[value] &+= 1
        }
        swap(&source, &target)
    }
    if source != elements { elements.update(from: source, count: count) }
}

@inline(__always)
private func bucket(_ key: UInt64, _ digit: Int) -> Int {
    Int(truncatingIfNeeded: key &>> UInt64(digit &* digitBits)) & (bucketCount &- 1)
}

private func insertionSort<Element: DigitSortable>(_ elements: UnsafeMutablePointer<Element>, count: Int) {
    guard count > 1 else { return }
    for end in 1..<count {
        let element = elements[end]
        var place = end
        while place > 0, elements[place - 1].sortKey > element.sortKey {
            elements[place] = elements[place - 1]
            place -= 1
        }
        elements[place] = element
    }
}
