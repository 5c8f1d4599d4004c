import Foundation
import Models
import Torch
import Verification

/// The trials of a list scored from embeddings in memory; the files hold [N, d] and the two sides' items.
func measureTrials(embeddings: String, left: String, right: String) throws {
    let embeddings = try NumPyFile.load(URL(fileURLWithPath: embeddings))
    let sides = try [left, right].map { try NumPyFile.load(URL(fileURLWithPath: $0)).elements(as: Int64.self) }
    let list = try TrialList(
        pairs: zip(sides[0], sides[1]).map { ItemPair(left: Int($0), right: Int($1)) },
        identities: 0..<embeddings.size(0))
    var scores: [Double] = []
    let seconds = try median(of: 9) { scores = try Scoring.scores(of: list, embeddings: embeddings) }
    try report(
        "trials", ["seconds": seconds, "trials": Double(scores.count), "sum of scores": scores.reduce(0, +)])
}

/// All comparisons of two sets of as many embeddings, to TAR@FAR=1e-6, and the bare product of the same matrices.
///
/// The product is timed by libtorch's `mm` in tiles of two sizes into memory allocated once, and by the fastest product
/// that libtorch has; from 50,000 embeddings on over a part of the rows, before and after.
func measureAllComparisons(count: Int, width: Int) throws {
    let people = max(1, count / 10)
    let generator = try Generator(seed: 1)
    let centres = try Tensor.normal([people, width], generator: generator)
    func set() throws -> LabelledEmbeddings {
        let owners = (0..<count).map { ($0 &* 7919) % people }
        let rows = try (centres.rows(Tensor(owners)) + 2 * Tensor.normal([count, width], generator: generator))
            .unitRows()
        return LabelledEmbeddings(rows, labels: owners.map(String.init))
    }
    let (probes, gallery) = try (set(), set())
    let timedRows = min(count, max(8192, Int(2e9) / count))
    func bare(_ multiply: (_ left: Tensor, _ right: Tensor, _ tile: Int) throws -> Void) throws -> Double {
        let times = try [2048, 8192].map { tile in
            try elapsed { try multiply(probes.embeddings.sliced(0..<timedRows), gallery.embeddings, tile) }
        }
        return min(times[0], times[1]) * Double(count) / Double(timedRows)
    }
    let before = try (usual: bare(multiply), fastest: bare(multiplyFastest))
    let start = ContinuousClock.now
    let tail = try AllComparisons(probes, against: gallery).tail(falseAcceptRate: 1e-6)
    let rate = try tail.trueAcceptRate(atFalseAcceptRate: 1e-6, .atMost)
    let time = (ContinuousClock.now - start) / .seconds(1)
    let usual = try min(before.usual, bare(multiply))
    let fastest = try min(before.fastest, bare(multiplyFastest))
    try report(
        "all comparisons",
        [
            "seconds": time, "bare product seconds": usual, "over product": time / usual,
            "fastest product seconds": fastest, "over fastest product": time / fastest,
            "comparisons": Double(tail.genuineCount + tail.impostorCount), rate.name: rate.value,
            "peak megabytes": peakMegabytes(),
        ])
}

private func multiply(_ left: Tensor, _ right: Tensor, tile: Int) throws {
    let operation = Operator("aten::mm.out")
    let scratch = try Tensor.empty([tile * tile])
    try forEachTile(left, right, tile) { rows, columns in
        let scores = try scratch.sliced(0..<rows.size(0) * columns.size(0))
            .reshaped([rows.size(0), columns.size(0)])
        try operation.perform(rows, columns.transposed(), scores)
    }
}

private func multiplyFastest(_ left: Tensor, _ right: Tensor, tile: Int) throws {
    try forEachTile(left, right, tile) { rows, columns in _ = try rows.product(columns.transposed()) }
}

private func forEachTile(_ left: Tensor, _ right: Tensor, _ tile: Int, _ body: (Tensor, Tensor) throws -> Void) throws {
    for top in stride(from: 0, to: left.size(0), by: tile) {
        let rows = try left.sliced(top..<min(top + tile, left.size(0)))
        for start in stride(from: 0, to: right.size(0), by: tile) {
            try body(rows, right.sliced(start..<min(start + tile, right.size(0))))
        }
    }
}

private func elapsed(_ body: () throws -> Void) rethrows -> Double {
    let start = ContinuousClock.now
    try body()
    return (ContinuousClock.now - start) / .seconds(1)
}

/// The most memory this process has had at once.
private func peakMegabytes() -> Double {
    var usage = rusage()
    #if os(Linux)
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return Double(usage.ru_maxrss) / 1e3
    #else
        getrusage(RUSAGE_SELF, &usage)
        return Double(usage.ru_maxrss) / 1e6
    #endif
}
