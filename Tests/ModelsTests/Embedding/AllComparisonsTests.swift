import TestSupport
import Testing
import Torch
import Verification

@testable import Models

@Suite struct AllComparisonsTests {
    /// Embeddings of people with unequally many pictures, in no order; more than one tile of them.
    private func people(_ count: Int, seed: UInt64) throws -> LabelledEmbeddings {
        let generator = try Generator(seed: seed)
        let centres = try Tensor.normal([40, 6], generator: generator)
        let owners = (0..<count).map { ($0 * $0 + 3 * $0) % 41 % 40 }
        let noise = try Tensor.normal([count, 6], generator: generator)
        return LabelledEmbeddings(
            try (centres.rows(Tensor(owners)) + noise).unitRows(), labels: owners.map { "p\($0)" })
    }

    private func parted(_ scores: [Double], _ isGenuine: (Int) -> Bool?) throws -> Scores {
        var (genuine, impostor): ([Double], [Double]) = ([], [])
        for (place, score) in scores.enumerated() {
            guard let same = isGenuine(place) else { continue }
            if same { genuine.append(score) } else { impostor.append(score) }
        }
        return try Scores(genuine: genuine, impostor: impostor)
    }

    private func expectAlike(_ comparisons: AllComparisons, _ scores: Scores) throws {
        #expect(comparisons.genuineCount == scores.genuine.count)
        #expect(comparisons.impostorCount == scores.impostor.count)
        let curve = ErrorRateCurve(scores)
        for rate in [1e-2, 1e-3, 3e-5] {
            let tail = try comparisons.tail(falseAcceptRate: rate)
            #expect(tail.keptCount < scores.impostor.count / 50)
            for convention in FalseAcceptConvention.allCases {
                // Sums of six products may round otherwise in tiles of another shape.
                let value = try tail.trueAcceptRate(atFalseAcceptRate: rate, convention)
                let expected = curve.trueAcceptRate(atFalseAcceptRate: rate, convention)
                #expect(abs(value.value - expected) < 1e-4, "\(value.name)")
                #expect(value.isSupported == (rate * Double(scores.impostor.count) >= 30))
            }
            #expect(message { try tail.trueAcceptRate(atFalseAcceptRate: 2 * rate, .atMost) } != nil)
        }
    }

    @Test func twoSets() throws {
        let (probes, gallery) = try (people(2500, seed: 1), people(2300, seed: 2))
        let scores = try Scoring.matrix(probes.embeddings, gallery.embeddings).reals()
        try expectAlike(
            AllComparisons(probes, against: gallery),
            parted(scores) { probes.labels[$0 / gallery.count] == gallery.labels[$0 % gallery.count] })
    }

    @Test func allPairsOfOneSet() throws {
        let set = try people(2500, seed: 3)
        let scores = try Scoring.matrix(set.embeddings, set.embeddings).reals()
        try expectAlike(
            AllComparisons(within: set),
            parted(scores) { place in
                let (row, column) = (place / set.count, place % set.count)
                return row < column ? set.labels[row] == set.labels[column] : nil
            })
    }

    @Test func oneSidedSetsAreRefused() throws {
        let rows = try Tensor.normal([3, 4], generator: Generator(seed: 1)).unitRows()
        let apart = try AllComparisons(within: LabelledEmbeddings(rows, labels: ["a", "b", "c"]))
        #expect(throws: VerificationError.noGenuineTrials) { try apart.tail(falseAcceptRate: 0.1) }
        let alike = try AllComparisons(within: LabelledEmbeddings(rows, labels: ["a", "a", "a"]))
        #expect(throws: VerificationError.noImpostorTrials) { try alike.tail(falseAcceptRate: 0.1) }
    }
}
