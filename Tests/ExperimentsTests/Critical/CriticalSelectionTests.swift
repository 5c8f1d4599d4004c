import Testing
import Verification

@testable import Experiments

@Suite struct CriticalSelectionTests {
    private func candidate(_ name: String, _ accuracy: Double, _ recall: Double) -> CriticalSelection.Candidate {
        .init(setting: [name], accuracy: accuracy, recall: recall)
    }

    private func best(_ candidates: CriticalSelection.Candidate..., floor: Double) -> String? {
        CriticalSelection(candidates: candidates).best(keepingAccuracy: floor)?.setting[0]
    }

    @Test func theHighestRecallThatKeepsTheAccuracy() {
        let (careful, bold) = (candidate("careful", 0.95, 0.8), candidate("bold", 0.93, 0.9))
        #expect(best(careful, bold, floor: 0.94) == "careful")
        #expect(best(careful, bold, floor: 0.93) == "bold")
        #expect(best(careful, bold, floor: 0.96) == nil)
        // Equal but for the rounding of the file.
        #expect(best(bold, floor: 0.9300004) == "bold" && best(bold, floor: 0.93001) == nil)
    }

    @Test func ofEqualRecallsTheHigherAccuracyThenTheFirst() {
        #expect(best(candidate("a", 0.9, 0.8), candidate("b", 0.95, 0.8), floor: 0) == "b")
        #expect(best(candidate("a", 0.9, 0.8), candidate("b", 0.9, 0.8), floor: 0) == "a")
    }

    /// Two runs over three classes; class 2 is critical.
    private func choice(_ classes: [Int] = [2]) throws -> BiasChoice {
        let samples = try LabelledSamples(labels: [0, 1, 2, 2], classCount: 3)
        return BiasChoice(
            [
                // 2 is taken from b = 1, 3, −1 and 2 on.
                try ClassScores([1, 0, 0, 0, 3, 0, 0, 0, 1, 2, 0, 0], of: samples),
                // And from b = 4, 5, 1 and −2 on.
                try ClassScores([4, 0, 0, 0, 5, 0, 1, 0, 0, 0, 0, 2], of: samples),
            ], classes: classes)
    }

    @Test func aBiasIsChosenByMeansOverRuns() throws {
        let choice = try choice()
        // At 0 the first run has 3 of 4 right, the second too; recall is a half in both.
        #expect(choice.point(at: 0) == .init(bias: 0, accuracy: 0.75, recall: 0.5))
        // Past 1 the second run finds both, and the first loses a sample of class 0.
        #expect(choice.point(at: 1.5) == .init(bias: 1.5, accuracy: 0.75, recall: 0.75))
        // Past 2 the first finds both as well.
        let best = choice.best(keepingAccuracy: 0.75)
        #expect(best == .init(bias: 2.0.nextUp, accuracy: 0.875, recall: 1))
        // More recall there is not, and more accuracy is worth more than a larger bias.
        #expect(choice.best(keepingAccuracy: 0.25) == best)
        // No bias reaches 1: the nearest.
        #expect(choice.best(keepingAccuracy: 1) == best)
    }

    @Test func severalClassesHaveTheirMeanRecall() throws {
        let point = try choice([1, 2]).point(at: 0)
        #expect(point.accuracy == 0.75 && point.recall == 0.75)
        #expect(try choice([1, 2]).best(keepingAccuracy: 0).recall <= 1)
    }

    @Test func theCurveEndsWhereAccuracyIsGivenAway() throws {
        let biases = try choice().curve(count: 5, loss: 0.1)
        #expect(biases.count == 5 && biases[0] == 0 && zip(biases, biases.dropFirst()).allSatisfy { $0 < $1 })
        let last = try #require(biases.last)
        #expect(try choice().point(at: last).accuracy < 0.65)
    }
}
