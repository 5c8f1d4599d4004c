import Dispatch
import Foundation

/// Where a curve turns: the scores of both sides in one order, cut into runs.
///
/// A run is as many neighbouring scores of one side alone as there are, or all trials of one score that both sides
/// have. Within a run only one error rate changes, or both along a straight line, so whatever is a sum over the
/// curve, or lies at its corners, needs one step per run. The order does not depend on weights: a bootstrap finds it
/// once for all draws.
struct CurveRuns: Sendable {
    /// How many scores of either side lie before.
    struct Place: Hashable, Sendable {
        var genuine, impostor: UInt32
    }

    /// Where each run begins; last, the end of both sides.
    let places: [Place]

    /// Takes sorted scores.
    init(genuine: [Double], impostor: [Double]) {
        precondition(max(genuine.count, impostor.count) < Int(UInt32.max), "places are counted in 32 bits")
        let (total, longer) = (genuine.count + impostor.count, genuine.count < impostor.count ? impostor : genuine)
        let pieceCount = max(1, min(ProcessInfo.processInfo.activeProcessorCount, total >> 17))
        let bounds =
            [Place(genuine: 0, impostor: 0)]
            + (1..<max(pieceCount, 1)).map { piece in
                let score = longer[piece * longer.count / pieceCount]
                return Place(genuine: firstPlace(genuine, from: score), impostor: firstPlace(impostor, from: score))
            } + [Place(genuine: UInt32(genuine.count), impostor: UInt32(impostor.count))]
        let pieces = UnsafeMutablePointer<[Place]>.allocate(capacity: pieceCount)
        pieces.initialize(repeating: [], count: pieceCount)
        defer {
            pieces.deinitialize(count: pieceCount)
            pieces.deallocate()
        }
        nonisolated(unsafe) let found = pieces
        DispatchQueue.concurrentPerform(iterations: pieceCount) { piece in
            found[piece] = runs(genuine, impostor, from: bounds[piece], to: bounds[piece + 1])
        }
        var places = pieces[0]
        for piece in 1..<max(pieceCount, 1) {
            // A run that a bound cuts is one.
            if let last = places.last, let first = pieces[piece].first, pieces[piece].count > 0 {
                let end = pieces[piece].count > 1 ? pieces[piece][1] : bounds[piece + 1]
                let goesOn =
                    (last.genuine == first.genuine && first.genuine == end.genuine)
                    || (last.impostor == first.impostor && first.impostor == end.impostor)
                places += goesOn ? pieces[piece].dropFirst() : pieces[piece][...]
            } else {
                places += pieces[piece]
            }
        }
        self.places = places + [bounds[pieceCount]]
    }
}

private func firstPlace(_ sorted: [Double], from score: Double) -> UInt32 {
    var (low, high) = (0, sorted.count)
    while low < high {
        let middle = (low + high) / 2
        if sorted[middle] >= score {
            high = middle
        } else {
            low = middle + 1
        }
    }
    return UInt32(low)
}

/// The places where runs begin, of the scores between two places.
private func runs(
    _ genuine: [Double], _ impostor: [Double], from start: CurveRuns.Place, to end: CurveRuns.Place
) -> [CurveRuns.Place] {
    let (genuineEnd, impostorEnd) = (Int(end.genuine), Int(end.impostor))
    var (genuinePlace, impostorPlace) = (Int(start.genuine), Int(start.impostor))
    var places: [CurveRuns.Place] = []
    places.reserveCapacity(2 * min(genuineEnd - genuinePlace, impostorEnd - impostorPlace) + 1)
    genuine.withUnsafeBufferPointer { genuine in
        impostor.withUnsafeBufferPointer { impostor in
            while genuinePlace < genuineEnd || impostorPlace < impostorEnd {
                places.append(
                    CurveRuns.Place(
                        genuine: UInt32(truncatingIfNeeded: genuinePlace),
                        impostor: UInt32(truncatingIfNeeded: impostorPlace)))
                let nextGenuine = genuinePlace < genuineEnd ? genuine[genuinePlace] : .infinity
                let nextImpostor = impostorPlace < impostorEnd ? impostor[impostorPlace] : .infinity
                if nextGenuine < nextImpostor {
                    while genuinePlace < genuineEnd, genuine[genuinePlace] < nextImpostor { genuinePlace &+= 1 }
                } else if nextImpostor < nextGenuine {
                    while impostorPlace < impostorEnd, impostor[impostorPlace] < nextGenuine { impostorPlace &+= 1 }
                } else {
                    while genuinePlace < genuineEnd, genuine[genuinePlace] == nextGenuine { genuinePlace &+= 1 }
                    while impostorPlace < impostorEnd, impostor[impostorPlace] == nextGenuine { impostorPlace &+= 1 }
                }
            }
        }
    }
    return places
}
