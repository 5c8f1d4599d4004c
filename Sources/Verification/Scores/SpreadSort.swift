import Dispatch
import Foundation

/// Something that is sorted by a finite score.
protocol ScoreSortable: DigitSortable {
    var score: Double { get }
}

extension Double: ScoreSortable {
    var score: Double { self }
}

extension PlacedScore: ScoreSortable {}

/// The elements by ascending score, stable, on all processors.
///
/// Scores lie densely around a few centres, so equal shares of their range hold few of them each. One pass counts
/// how many fall into each share, a second one puts them there, and every share, small enough for a processor's
/// cache by now, is parted once more into about as many shares as it has scores; what is then out of order is so by
/// few places. That moves each score twice, where sorting by digits moves it once per digit through all of memory.
/// Where scores lie so unevenly that a share holds many, their digits sort it.
func spreadSorted<Element: ScoreSortable>(_ elements: [Element]) -> [Element] {
    let count = elements.count
    let shareCount = min(max(count / sharesElementCount, 1), largestShareCount)
    guard shareCount > 1, let scale = elements.withUnsafeBufferPointer({ ScoreScale($0, shareCount: shareCount) })
    else {
        var sorted = elements
        let processorCount = ProcessInfo.processInfo.activeProcessorCount
        digitSort(&sorted, chunkCount: sortChunkCount(elementCount: count, processorCount: processorCount))
        return sorted
    }
    let parted = UnsafeMutablePointer<Element>.allocate(capacity: count)
    defer { parted.deallocate() }
    let starts = elements.withUnsafeBufferPointer { part($0, into: parted, scale: scale) }
    return Array(unsafeUninitializedCapacity: count) { buffer, initializedCount in
        if let base = buffer.baseAddress {
            nonisolated(unsafe) let (source, target) = (parted, base)
            DispatchQueue.concurrentPerform(iterations: shareCount) { share in
                let start = starts[share]
                sortShare(source + start, into: target + start, count: starts[share + 1] - start)
            }
        }
        initializedCount = count
    }
}

/// A share of this many scores is sorted within a processor's cache.
private let sharesElementCount = 8192
/// More would write to more places at once than a processor keeps addresses of.
private let largestShareCount = 2048

/// Equal shares of a range of scores, by number; what lies outside belongs to the first or the last.
private struct ScoreScale: Sendable {
    private let low, factor, last: Double
    let shareCount: Int

    /// The range between two scores; none if it is empty or infinite.
    init?(from low: Double, to high: Double, shareCount: Int) {
        let factor = Double(shareCount - 1) / (high - low)
        guard factor > 0, factor.isFinite else { return nil }
        self.low = low
        self.factor = factor
        last = Double(shareCount - 1)
        self.shareCount = shareCount
    }

    /// A range that holds most of the scores, whatever a few of them are: twice that of the middle 98 % of a sample.
    init?<Element: ScoreSortable>(_ elements: UnsafeBufferPointer<Element>, shareCount: Int) {
        let sampleCount = min(elements.count, 2048)
        let sample = (0..<sampleCount).map { elements[$0 * elements.count / sampleCount].score }.sorted()
        let (low, high) = (sample[sampleCount / 100], sample[sampleCount - 1 - sampleCount / 100])
        self.init(from: low - (high - low) / 2, to: high + (high - low) / 2, shareCount: shareCount)
    }

    /// The share of a score, never falling as the score rises: each operation rounds monotonically.
    @inline(__always)
    func share(of score: Double) -> Int {
        var place = (score - low) * factor
        place = place > 0 ? place : 0
        place = place < last ? place : last
        // Beside 2⁵² a number's last bits are its whole part.
        return Int(truncatingIfNeeded: (place + 0x1p52).bitPattern & 0xFFFF_FFFF)
    }
}

/// Puts the elements share after share, in their order within each; returns where each share begins, and the end.
private func part<Element: ScoreSortable>(
    _ elements: UnsafeBufferPointer<Element>, into target: UnsafeMutablePointer<Element>, scale: ScoreScale
) -> [Int] {
    let pieceCount = ProcessInfo.processInfo.activeProcessorCount
    let bounds = (0...pieceCount).map { $0 * elements.count / pieceCount }
    let shareCount = scale.shareCount
    let places = UnsafeMutablePointer<Int>.allocate(capacity: pieceCount * shareCount)
    defer { places.deallocate() }
    places.initialize(repeating: 0, count: pieceCount * shareCount)
    nonisolated(unsafe) let (source, parted, counts) = (elements, target, places)
    DispatchQueue.concurrentPerform(iterations: pieceCount) { piece in
        let own = counts + piece * shareCount
        for place in bounds[piece]..<bounds[piece + 1] { own[scale.share(of: source[place].score)] &+= 1 }
    }
    var starts: [Int] = []
    var next = 0
    for share in 0..<shareCount {
        starts.append(next)
        for piece in 0..<pieceCount {
            let size = places[piece * shareCount + share]
            places[piece * shareCount + share] = next
            next += size
        }
    }
    DispatchQueue.concurrentPerform(iterations: pieceCount) { piece in
        let own = counts + piece * shareCount
        for place in bounds[piece]..<bounds[piece + 1] {
            let element = source[place]
            let share = scale.share(of: element.score)
            parted[own[share]] = element
            own[share] &+= 1
        }
    }
    return starts + [next]
}

/// Sorts one share into `target`; what `source` holds afterwards has no meaning.
private func sortShare<Element: ScoreSortable>(
    _ source: UnsafeMutablePointer<Element>, into target: UnsafeMutablePointer<Element>, count: Int
) {
    guard count > 0 else { return }
    var (low, high) = (source[0].score, source[0].score)
    for place in 1..<max(count, 1) {
        let score = source[place].score
        if score < low { low = score }
        if score > high { high = score }
    }
    guard count > 16, low < high else {
        for place in 0..<count { target[place] = source[place] }
        return sortByInsertion(target, count: count)
    }
    guard let scale = ScoreScale(from: low, to: high, shareCount: count) else {
        for place in 0..<count { target[place] = source[place] }
        return sortChunk(target, scratch: source, count: count)
    }
    let places = UnsafeMutablePointer<UInt32>.allocate(capacity: count)
    defer { places.deallocate() }
    places.initialize(repeating: 0, count: count)
    for place in 0..<count { places[scale.share(of: source[place].score)] &+= 1 }
    var next: UInt32 = 0
    var largest: UInt32 = 0
    for share in 0..<count {
        let size = places[share]
        places[share] = next
        next &+= size
        if size > largest { largest = size }
    }
    guard largest <= 64 else {
        for place in 0..<count { target[place] = source[place] }
        return sortChunk(target, scratch: source, count: count)
    }
    for place in 0..<count {
        let element = source[place]
        let share = scale.share(of: element.score)
        target[Int(places[share])] = element
        places[share] &+= 1
    }
    sortByInsertion(target, count: count)
}

private func sortByInsertion<Element: ScoreSortable>(_ elements: UnsafeMutablePointer<Element>, count: Int) {
    guard count > 1 else { return }
    for end in 1..<count {
        let element = elements[end]
        var place = end
        while place > 0, elements[place &- 1].score > element.score {
            elements[place] = elements[place &- 1]
            place &-= 1
        }
        elements[place] = element
    }
}
