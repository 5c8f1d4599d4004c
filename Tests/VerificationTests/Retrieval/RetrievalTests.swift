import Testing

@testable import Verification

struct RetrievalTests {
    @Test func handComputedWithoutTies() throws {
        // One query, relevant at places 1 and 3 of 4; R = 2.
        let matrix = try ScoreMatrix(values: [9, 8, 7, 6], galleryCount: 4)
        let retrieval = try Retrieval(matrix, queryLabels: ["a"], itemLabels: ["a", "b", "a", "b"])
        #expect(retrieval.recall(at: 1).value == 1)
        #expect(retrieval.rPrecision().value == 0.5)
        #expect(retrieval.meanAveragePrecisionAtR().value == 0.5)
        #expect(retrieval.ranks() == [1])
        // Relevant at 2 and 3: P(2) = ½ counts, place 3 does not.
        let later = try Retrieval(matrix, queryLabels: ["a"], itemLabels: ["b", "a", "a", "b"])
        #expect(later.recall(at: 1).value == 0)
        #expect(later.recall(at: 2).value == 1)
        #expect(later.meanAveragePrecisionAtR().value == 0.25)
        #expect(later.medianRank().value == 2)
    }

    /// Every measure on ties is the mean over all orders of the tied items, taken here one by one.
    @Test func tiesAreTheMeanOverAllOrders() throws {
        let scores = [3.0, 2, 2, 2, 2, 1]
        let labels = ["b", "a", "b", "a", "b", "a"]
        var orders: [[Int]] = [[]]
        for place in 1...4 {
            orders = orders.flatMap { order in (0...order.count).map { order.inserting(place, at: $0) } }
        }
        var sums = (recall: 0.0, precision: 0.0, average: 0.0)
        for order in orders {
            var broken = scores
            for (rank, item) in order.enumerated() { broken[item] -= Double(rank) * 0.01 }
            let one = try Retrieval(
                ScoreMatrix(values: broken, galleryCount: 6), queryLabels: ["a"], itemLabels: labels)
            sums.recall += one.recall(at: 2).value
            sums.precision += one.rPrecision().value
            sums.average += one.meanAveragePrecisionAtR().value
        }
        let tied = try Retrieval(ScoreMatrix(values: scores, galleryCount: 6), queryLabels: ["a"], itemLabels: labels)
        let count = Double(orders.count)
        #expect(orders.count == 24)
        #expect(tied.recall(at: 2).value.isNear(sums.recall / count))
        #expect(tied.rPrecision().value.isNear(sums.precision / count))
        #expect(tied.meanAveragePrecisionAtR().value.isNear(sums.average / count))
        #expect(tied.ranks() == [3])
    }

    @Test func constantScoresGiveChance() throws {
        let matrix = try ScoreMatrix(values: Array(repeating: 0, count: 25), galleryCount: 5)
        let labels = [0, 1, 2, 3, 4]
        let retrieval = try Retrieval(matrix, queryLabels: labels, itemLabels: labels)
        #expect(retrieval.recall(at: 1).value.isNear(0.2))
        #expect(retrieval.recall(at: 5).value == 1)
        #expect(retrieval.meanRank().value == 3)
        #expect(retrieval.rPrecision().value.isNear(0.2))
    }

    @Test func itselfIsNoMatchAndLonersAreSkipped() throws {
        let matrix = try ScoreMatrix(values: [9, 1, 2, 1, 9, 3, 2, 3, 9], galleryCount: 3)
        let labels = ["a", "a", "b"]
        let retrieval = try Retrieval(matrix, queryLabels: labels, itemLabels: labels, excludingDiagonal: true)
        #expect(retrieval.queryCount == 2)
        #expect(retrieval.skippedCount == 1)
        #expect(retrieval.recall(at: 1).value == 0)
        #expect(throws: VerificationError.empty(what: "queries with a relevant item")) {
            try Retrieval(matrix, queryLabels: ["a", "b", "c"], itemLabels: ["a", "b", "c"], excludingDiagonal: true)
        }
        #expect(throws: VerificationError.self) { try Retrieval(matrix, queryLabels: ["a"], itemLabels: labels) }
        #expect(throws: VerificationError.self) { try Retrieval(matrix, queryLabels: labels, itemLabels: ["a"]) }
    }
}

extension [Int] {
    fileprivate func inserting(_ element: Int, at place: Int) -> [Int] {
        var copy = self
        copy.insert(element, at: place)
        return copy
    }
}
