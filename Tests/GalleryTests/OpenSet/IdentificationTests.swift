import Gallery
import TestSupport
import Testing
import Torch

@Suite struct IdentificationTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Forty people of one to five samples each.
    private var people: [Enrolment] {
        let rows = Directions.rows(200, size: 12, seed: 1, centres: 40)
        return (0..<40).map { person in
            Enrolment(
                name: "p\(person)",
                samples: (0...person % 5).map {
                    EnrolledSample(source: "\($0)", embedding: rows[40 * $0 + person])
                })
        }
    }

    @Test func apartScoresAsTheBestSample() throws {
        let gallery = try folder.gallery(pooling: .apart, dimensions: 12)
        try gallery.add(people)
        let stored = try gallery.samples()
        let numbers = try stored.embeddings.elements(as: Float.self)
        let queries = Directions.rows(11, size: 12, seed: 2)
        let queried = try queries.map { query in try #require(directions([query]).first) }
        for count in [1, 3, 40, 60] {
            let found = try gallery.identify(Directions.tensor(queries), count: count)
            for (query, matches) in zip(queried, found) {
                var best: [String: Double] = [:]
                for (row, name) in stored.names.enumerated() {
                    let score = Directions.product(Array(numbers[12 * row..<12 * row + 12]), query)
                    best[name] = max(best[name] ?? -2, score)
                }
                let expected = best.sorted { $0.value > $1.value }.prefix(count)
                #expect(matches.map(\.name) == expected.map(\.key) && matches.map(\.score) == expected.map(\.value))
            }
        }
    }

    private func directions(_ rows: [[Float]]) -> [[Float]] { rows.map { Directions.unit($0.map(Double.init)) } }

    @Test func meanScoresByThePooledDirection() throws {
        let gallery = try folder.gallery(pooling: .mean, dimensions: 12)
        try gallery.add(people)
        let query = Directions.rows(1, size: 12, seed: 3)[0]
        let pooled = people.map { person in
            let sum = (0..<12).map { place in
                person.samples.reduce(0.0) { $0 + Double(directions([$1.embedding])[0][place]) }
            }
            return (person.name, Directions.product(Directions.unit(sum), query))
        }
        let expected = pooled.sorted { $0.1 > $1.1 }
        let found = try gallery.identify(Directions.tensor([query]), count: 40)[0]
        #expect(found.map(\.name) == expected.map(\.0))
        for (match, score) in zip(found, expected) { #expect(abs(match.score - score.1) < 1e-6) }
    }

    @Test func directionsThatCancelOutAreNobody() throws {
        let gallery = try folder.gallery(dimensions: 2)
        try gallery.add([Enrolment("ann", [1, 0], [-1, 0]), Enrolment("bob", [0, 1])])
        let found = try gallery.identify(Directions.tensor([[1, 1]]), count: 2)[0]
        #expect(found.map(\.name) == ["bob", "ann"] && found[1].score == 0)
    }

    @Test func embeddingsOfOtherDimensionsAreRefused() throws {
        let gallery = try folder.gallery()
        #expect(
            message { try gallery.identify(Directions.tensor([[1, 2]]), count: 1) }?.contains("16 dimensions") == true)
    }

    // MARK: Nobody

    private func strangers(_ count: Int) -> [Stranger] {
        Directions.rows(count, size: 12, seed: 9, centres: 50, spread: 0.8).enumerated().map {
            Stranger(label: "s\($0)", source: "s\($0).png", embedding: $1)
        }
    }

    @Test func theThresholdIsThatOfTheStrangers() throws {
        let gallery = try folder.gallery(dimensions: 12)
        #expect(try gallery.threshold() == nil)
        try gallery.add(people)
        try gallery.replaceStrangers(strangers(300))
        // Each stranger's best score, found in another way.
        let best = try strangers(300).map { stranger in
            try #require(try gallery.identify(Directions.tensor([stranger.embedding]), count: 1)[0].first?.score)
        }.sorted()
        let threshold = try #require(try gallery.threshold(rate: 0.1))
        #expect(best.count { $0 >= threshold.threshold } == 30 && threshold.rateAttained == 0.1)
        #expect(threshold.threshold == best[269].nextUp && threshold.isSupported && threshold.strangerCount == 300)
        #expect(threshold.identityCount == 40 && threshold.sampleCount == 120)
        #expect(threshold.accepts(best[270]) && !threshold.accepts(best[269]))
        // Unsaid, it is the lowest that three hundred support.
        #expect(try gallery.threshold()?.rateAsked == 0.1)
    }

    @Test func aRateThatTooFewStrangersSupportIsRefusedUnlessAllowed() throws {
        let gallery = try folder.gallery(dimensions: 12)
        try gallery.add(people)
        try gallery.replaceStrangers(strangers(50))
        #expect(try gallery.threshold() == nil)
        let text = message { try gallery.threshold(rate: 0.01) }
        #expect(text?.contains("needs 3000 pictures of strangers, and there are 50; ask for 0.6 or more") == true)
        let allowed = try #require(try gallery.threshold(rate: 0.01, allowsUnsupported: true))
        #expect(!allowed.isSupported && allowed.rateAttained == 0)
    }

    @Test func itIsDerivedAgainWhenTheGalleryChanges() throws {
        let gallery = try folder.gallery(dimensions: 12)
        try gallery.add(Array(people.prefix(4)))
        try gallery.replaceStrangers(strangers(300))
        let small = try #require(try gallery.threshold(rate: 0.1))
        try gallery.add(Array(people.dropFirst(4)))
        // Derived when asked for, though nothing has stored it yet.
        let large = try #require(try gallery.threshold(rate: 0.1))
        #expect(large.threshold > small.threshold && large.identityCount == 40 && small.identityCount == 4)
        try gallery.deriveStrangerScores()
        #expect(try Gallery(path: gallery.path).threshold(rate: 0.1) == large)
        try gallery.remove(names: people.dropFirst(4).map(\.name))
        #expect(try gallery.threshold(rate: 0.1) == small)
        // A stranger who is enrolled is none any more.
        let one = strangers(300)[17]
        try gallery.add([Enrolment("s17", one.embedding)])
        let scores = try gallery.strangerScores()
        #expect(scores.leftOut == 1 && scores.best.count == 299)
    }
}
