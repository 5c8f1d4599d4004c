import Testing

@testable import Verification

struct DecisionShiftTests {
    /// All decisions made anew at one bias, by the definition.
    private func naive(_ scores: ClassScores, _ classes: Set<Int>, _ bias: Double) -> [Int] {
        scores.samples.labels.indices.map { sample in
            let row = scores.row(sample).enumerated().map { Double($1) + (classes.contains($0) ? bias : 0) }
            let highest = row.max()
            return row.firstIndex { $0 == highest } ?? 0
        }
    }

    /// Scores are multiples of a quarter, so that sums with biases on that grid are exact, and half of them tie.
    @Test(arguments: [[2], [0], [4], [1, 3], [0, 1, 2, 4]])
    func everyBiasAgreesWithDecidingAnew(classes: [Int]) throws {
        let classes = Set(classes)
        for seed in 0..<5 {
            let scores = try ToyClassifier(step: 0.25).scores(seed: UInt64(seed))
            let shift = DecisionShift(scores, classes: classes)
            for bias in stride(from: -6.0, through: 6, by: 0.125) {
                let decided = naive(scores, classes, bias)
                #expect(shift.decisions(at: bias).decided == decided)
                let point = shift.point(at: bias)
                let labels = scores.samples.labels
                let hits = labels.indices.filter { decided[$0] == labels[$0] }
                #expect(point.biases.contains(bias))
                #expect(point.correctCount == hits.count && point.sampleCount == 60)
                #expect(point.criticalCorrectCount == hits.count { classes.contains(labels[$0]) })
                #expect(point.decidedCount == decided.count(where: classes.contains))
                #expect(point.labelledCount == labels.count(where: classes.contains))
                if classes.count == 1, let index = classes.first {
                    let tally = ConfusionMatrix(shift.decisions(at: bias)).tally
                    #expect(point.recall == tally.recall(of: index) && point.precision == tally.precision(of: index))
                    #expect(point.f1Score == tally.f1Score(of: index) && point.accuracy == tally.accuracy)
                }
            }
        }
    }

    @Test func pointsFollowEachOtherWithoutGaps() throws {
        let shift = DecisionShift(try ToyClassifier(step: 0.5).scores(seed: 3), classes: [1])
        #expect(shift.points[0].biases.lowerBound == -.greatestFiniteMagnitude)
        #expect(shift.points.last?.biases.upperBound == .greatestFiniteMagnitude)
        #expect(shift.points[0].decidedCount == 0 && shift.points.last?.decidedCount == 60)
        #expect(shift.points.last?.recall == 1)
        for (below, above) in zip(shift.points, shift.points.dropFirst()) {
            #expect(below.biases.upperBound.nextUp == above.biases.lowerBound)
            #expect(below.decidedCount < above.decidedCount && below.recall <= above.recall)
        }
        // At both ends of each range decisions are the same.
        for point in shift.points.dropFirst().dropLast() {
            #expect(shift.decisions(at: point.biases.lowerBound) == shift.decisions(at: point.biases.upperBound))
        }
    }

    @Test func withoutABiasDecisionsAreThoseOfTheScores() throws {
        for seed in 0..<5 {
            let scores = try ToyClassifier(step: 1).scores(seed: UInt64(seed))
            for index in 0..<5 {
                #expect(DecisionShift(scores, classes: [index]).decisions(at: 0) == scores.decisions)
            }
        }
    }

    /// Two samples of class 1 that need 1 and 3, one of class 0 that is lost at more than 2.
    @Test func theBestPointByHand() throws {
        let samples = try LabelledSamples(labels: [1, 1, 0], classCount: 2)
        let shift = DecisionShift(try ClassScores([1, 0, 3, 0, 2, 0], of: samples), classes: [1])
        // Ties go to class 0, so each changes just above its number.
        let changes: [Double] = [1, 2, 3]
        #expect(shift.points.dropFirst().map(\.biases.lowerBound) == changes.map(\.nextUp))
        #expect(shift.points.map(\.criticalCorrectCount) == [0, 1, 1, 2])
        #expect(shift.points.map(\.correctCount) == [1, 2, 1, 2])
        #expect(shift.best(keepingAccuracy: 0.5)?.bias == changes[2].nextUp)
        #expect(shift.best(keepingAccuracy: 0)?.recall == 1)
        #expect(shift.best(keepingAccuracy: 0.7) == nil)
    }

    /// Of equal recalls the higher accuracy counts, then the bias nearer to 0.
    @Test func theBestPointIsTheBestOfAll() throws {
        for seed in 0..<10 {
            let shift = DecisionShift(try ToyClassifier(step: 0.5).scores(seed: UInt64(seed)), classes: [2])
            for floor in [0.0, 0.3, 0.5, 0.6, 0.7] {
                let allowed = shift.points.filter { $0.accuracy >= floor }
                guard let best = shift.best(keepingAccuracy: floor) else {
                    #expect(allowed.isEmpty)
                    continue
                }
                #expect(best.accuracy >= floor)
                for other in allowed {
                    #expect(other.recall <= best.recall)
                    guard other.recall == best.recall else { continue }
                    #expect(other.accuracy <= best.accuracy)
                    if other.accuracy == best.accuracy { #expect(other.bias.magnitude >= best.bias.magnitude) }
                }
            }
        }
    }

    @Test func allTiesChangeAtZero() throws {
        let samples = try LabelledSamples(labels: [0, 1], classCount: 2)
        let scores = try ClassScores([7, 7, -1, -1], of: samples)
        #expect(DecisionShift(scores, classes: [0]).points.map(\.biases.lowerBound).last == 0)
        #expect(DecisionShift(scores, classes: [1]).points.map(\.biases.lowerBound).last == Double.leastNonzeroMagnitude)
        #expect(DecisionShift(scores, classes: [1]).point(at: 0).decidedCount == 0)
    }
}
