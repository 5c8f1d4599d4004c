import Gallery
import Testing
import Torch

@Suite struct SearchIndexTests {
    /// Scores everything, sorts, takes the first: no bounds, no passes.
    private func bruteForce(_ rows: [[Float]], _ query: [Float], _ count: Int) -> [Found] {
        let all = rows.enumerated().map { Found(row: $0, score: Directions.product($1, query)) }
        return Array(all.sorted { ($1.score, $0.row) < ($0.score, $1.row) }.prefix(count))
    }

    private struct Found: Equatable {
        let row: Int
        let score: Double

        init(row: Int, score: Double) { (self.row, self.score) = (row, score) }
        init(_ match: SearchIndex.Match) { self.init(row: match.row, score: match.score) }
    }

    private func check(_ rows: [[Float]], _ queries: [[Float]], _ counts: [Int]) throws {
        let index = try SearchIndex(rows: Directions.tensor(rows))
        for count in counts {
            let expected = queries.map { bruteForce(rows, $0, count) }
            for pass in SearchMethod.Pass.allCases {
                let found = try queries.map { try index.search($0, count: count, by: pass).map(Found.init) }
                #expect(found == expected, "\(pass) of \(count)")
            }
            let together = try index.search(queries: Directions.tensor(queries), count: count)
            #expect(together.map { $0.map(Found.init) } == expected)
            #expect(try queries.map { try index.search($0, count: count).map(Found.init) } == expected)
        }
    }

    @Test(arguments: [1, 3, 8, 17, 64, 130]) func everyWayFindsWhatScoringAllFinds(size: Int) throws {
        let rows = Directions.rows(3000, size: size, seed: 1)
        let queries = Directions.rows(9, size: size, seed: 2) + Directions.rows(3, size: size, seed: 1)
        try check(rows, queries, [1, 5, 40, 4000])
    }

    @Test func tiesAreInTheOrderOfRows() throws {
        var rows = Directions.rows(2500, size: 24, seed: 3)
        // Hundreds of rows are one and the same, on both sides of the threads' border.
        for row in stride(from: 5, to: 2500, by: 4) { rows[row] = rows[1] }
        // One unit in the last place away from them.
        rows[2] = rows[1]
        rows[2][0] = rows[2][0].nextUp
        try check(rows, [rows[1], rows[2], rows[3], rows[0]], [1, 3, 700])
    }

    @Test func rowsThatCodesHoldBadlyAreFound() throws {
        // One large number and many small ones: all of a small one is lost in eight bits.
        var rows = (0..<2000).map { (row: Int) -> [Float] in
            let small = (1..<32).map { Double((row * 31 + $0 * 17) % 101 - 50) * 1e-5 }
            return Directions.unit([1] + small)
        }
        rows[1234] = [Float](repeating: 0, count: 32)
        try check(rows, [rows[0], rows[77], rows[1999], Directions.unit([Double](repeating: 1, count: 32))], [1, 10])
    }

    @Test func aLargeIndexChoosesByTime() throws {
        let rows = Directions.rows(66_000, size: 64, seed: 4, centres: 500)
        let index = try SearchIndex(rows: Directions.tensor(rows))
        #expect(index.method.pass == .fullPrecision && index.method.reason.contains("from the second search on"))
        for query in rows.prefix(6) {
            #expect(try index.search(query, count: 4).map(Found.init) == bruteForce(rows, query, 4))
        }
        #expect(index.method.reason.contains("eight bits took"))
        let small = try SearchIndex(rows: Directions.tensor(Array(rows.prefix(100))))
        #expect(small.method.reason.contains("too small"))
    }

    @Test func nothingIsFoundInNothing() throws {
        let index = try SearchIndex(rows: Tensor.empty([0, 4]))
        #expect(try index.search([1, 0, 0, 0], count: 3).isEmpty)
        #expect(
            try index.search(queries: Directions.tensor(Directions.rows(5, size: 4, seed: 1)), count: 3).allSatisfy(
                \.isEmpty))
        let one = try SearchIndex(rows: Directions.tensor([[1, 0]]))
        #expect(try one.search([1, 0], count: 0).isEmpty)
    }

    @Test(arguments: [Float.nan, .infinity, 1.1]) func rowsThatAreNoDirectionsAreNamed(number: Float) throws {
        var rows = Directions.rows(5000, size: 8, seed: 5)
        rows[4444][3] = number
        let error = #expect(throws: SearchIndexError.self) { try SearchIndex(rows: Directions.tensor(rows)) }
        #expect(error?.row == 4444)
    }
}
