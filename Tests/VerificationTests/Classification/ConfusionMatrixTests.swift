import Foundation
import Testing

@testable import Verification

struct ConfusionMatrixTests {
    /// Class 2 has no samples, class 3 is never decided for.
    private let matrix: [[Int]] = [[5, 1, 0, 0], [2, 6, 1, 0], [0, 0, 0, 0], [1, 3, 0, 0]]

    @Test func ratesByHand() throws {
        let tally = try ConfusionMatrix(counts: matrix).tally
        #expect(tally.labelled == [6, 9, 0, 4])
        #expect(tally.decided == [8, 10, 1, 0])
        #expect(tally.correct == [5, 6, 0, 0])
        let recalls: [Double] = [5.0 / 6, 6.0 / 9, 0, 0]
        let precisions: [Double] = [5.0 / 8, 6.0 / 10, 0, 0]
        let f1Scores: [Double] = [10.0 / 14, 12.0 / 19, 0, 0]
        #expect(tally.accuracy == 11.0 / 19)
        #expect((0..<4).map(tally.recall) == recalls)
        #expect((0..<4).map(tally.precision) == precisions)
        #expect((0..<4).map(tally.f1Score) == f1Scores)
        #expect((0..<4).map(tally.hasSamples) == [true, true, false, true])
        #expect((0..<4).map(tally.isDecidedFor) == [true, true, true, false])
        // Three classes have samples; all four occur.
        #expect(tally.balancedAccuracy.isNear((recalls[0] + recalls[1]) / 3, within: 1e-15))
        #expect(tally.macroF1.isNear((f1Scores[0] + f1Scores[1]) / 4, within: 1e-15))
    }

    @Test func saysWhatAClassIsMostOftenTakenFor() throws {
        let matrix = try ConfusionMatrix(counts: matrix)
        #expect(matrix.mostFrequentConfusion(of: 0)?.decision == 1)
        #expect(matrix.mostFrequentConfusion(of: 1)?.decision == 0 && matrix.mostFrequentConfusion(of: 1)?.count == 2)
        #expect(matrix.mostFrequentConfusion(of: 2) == nil)
        #expect(matrix.mostFrequentConfusion(of: 3)?.decision == 1)
        let tied = try ConfusionMatrix(counts: [[0, 2, 2], [0, 1, 0], [0, 0, 1]])
        #expect(tied.mostFrequentConfusion(of: 0)?.decision == 1)
        #expect(tied.mostFrequentConfusion(of: 1) == nil)
    }

    @Test func countsDecisions() throws {
        let samples = try LabelledSamples(labels: [0, 0, 1, 2, 2], classCount: 3)
        let matrix = ConfusionMatrix(try ClassDecisions([0, 1, 1, 2, 0], of: samples))
        #expect(matrix.counts == [1, 1, 0, 0, 1, 0, 1, 0, 1])
        #expect(matrix[label: 2, decision: 0] == 1 && matrix[label: 0, decision: 2] == 0)
        #expect(try matrix == ConfusionMatrix(counts: [[1, 1, 0], [0, 1, 0], [1, 0, 1]]))
    }

    @Test func oneClassIsAlwaysRight() throws {
        let tally = try ConfusionMatrix(counts: [[7]]).tally
        #expect(tally.accuracy == 1 && tally.balancedAccuracy == 1 && tally.macroF1 == 1 && tally.recall(of: 0) == 1)
    }

    @Test func refusesWhatIsNoMatrix() {
        #expect(throws: VerificationError.empty(what: "classes")) { try ConfusionMatrix(counts: []) }
        #expect(throws: VerificationError.empty(what: "samples")) { try ConfusionMatrix(counts: [[0, 0], [0, 0]]) }
        #expect(throws: VerificationError.self) { try ConfusionMatrix(counts: [[1, 0], [1]]) }
        #expect(throws: VerificationError.self) { try ConfusionMatrix(counts: [[1, -1], [1, 0]]) }
    }

    /// Other names for classes permute the rates of classes and leave the others, up to the order of sums.
    @Test func ratesDoNotDependOnTheOrderOfClassesOrSamples() throws {
        let decisions = try ToyClassifier(classCount: 9, sampleCount: 200).scores(seed: 4).decisions
        let tally = ConfusionMatrix(decisions).tally
        let renamed = [4, 7, 0, 8, 2, 6, 1, 5, 3]
        let order = decisions.decided.indices.sorted { ($0 * 7919) % 200 < ($1 * 7919) % 200 }
        let other = ConfusionMatrix(
            try ClassDecisions(
                order.map { renamed[decisions.decided[$0]] },
                of: LabelledSamples(labels: order.map { renamed[decisions.samples.labels[$0]] }, classCount: 9))
        ).tally
        #expect(other.accuracy == tally.accuracy)
        #expect(other.balancedAccuracy.isNear(tally.balancedAccuracy, within: 1e-15))
        #expect(other.macroF1.isNear(tally.macroF1, within: 1e-15))
        for index in 0..<9 {
            #expect(other.recall(of: renamed[index]) == tally.recall(of: index))
            #expect(other.precision(of: renamed[index]) == tally.precision(of: index))
            #expect(other.f1Score(of: renamed[index]) == tally.f1Score(of: index))
        }
    }

    @Test func samplesThatCountTwiceChangeNothing() throws {
        let tally = try ConfusionMatrix(counts: matrix).tally
        let doubled = try ConfusionMatrix(counts: matrix.map { $0.map { 2 * $0 } }).tally
        #expect(doubled.accuracy == tally.accuracy && doubled.macroF1 == tally.macroF1)
        #expect(doubled.balancedAccuracy == tally.balancedAccuracy)
    }

    @Test func canBeWrittenAndRead() throws {
        let matrix = try ConfusionMatrix(counts: matrix)
        #expect(try JSONDecoder().decode(ConfusionMatrix.self, from: JSONEncoder().encode(matrix)) == matrix)
    }
}
