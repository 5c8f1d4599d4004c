import Foundation
import Testing

@testable import Reports

@Suite struct TrainingPlotTests {
    private let log = """
        {"event":"began","measuredLoss":6}
        {"event":"step","step":1,"epoch":1,"loss":4,"accuracy":0.5}
        {"event":"step","step":2,"epoch":1,"loss":3}
        {"event":"evaluated","epoch":1,"name":"EER[interpolated]","value":0.2,"isBest":true}
        {"event":"step","step":3,"epoch":2,"loss":2.5}
        {"event":"step","step":4,"epoch":2,"loss":2.4}
        {"event":"evaluated","epoch":2,"name":"EER[interpolated]","value":0.3,"isBest":false}
        {"event":"step","step":5,"epo
        {"event":"step","step":3,"epoch":2,"loss":2}
        {"event":"step","step":4,"epoch":2,"loss":1}
        {"event":"evaluated","epoch":2,"name":"EER[interpolated]","value":0.1,"isBest":true}
        """

    @Test func readsALogWithAResumptionAndACutLine() {
        let history = TrainingHistory(log: Data(log.utf8))
        #expect(history.steps.map(\.step) == [1, 2, 3, 4])
        #expect(history.steps.map(\.loss) == [4, 3, 2, 1])
        #expect(history.evaluations.map(\.value) == [0.2, 0.1])
    }

    /// The run died after step 4 and went on from step 3: what was measured after step 2 stands.
    @Test func measurementsWithinAnEpochAreForgottenWithTheirSteps() {
        let log = """
            {"event":"step","step":1,"epoch":1,"loss":4}
            {"event":"step","step":2,"epoch":1,"loss":3}
            {"event":"evaluated","step":2,"epoch":1,"name":"EER[interpolated]","value":0.2,"isBest":true}
            {"event":"step","step":3,"epoch":1,"loss":2}
            {"event":"step","step":4,"epoch":1,"loss":1}
            {"event":"evaluated","step":4,"epoch":1,"name":"EER[interpolated]","value":0.1,"isBest":true}
            {"event":"step","step":4,"epoch":1,"loss":1}
            {"event":"evaluated","step":4,"epoch":1,"name":"EER[interpolated]","value":0.1,"isBest":true}
            """
        let history = TrainingHistory(log: Data(log.utf8))
        #expect(history.steps.map(\.step) == [1, 2, 3, 4])
        #expect(history.evaluations.map(\.step) == [2, 4])
    }

    @Test func putsFiguresAtTheLastStepOfTheirEpoch() throws {
        let plot = try #require(Plot.training(TrainingHistory(log: Data(log.utf8)), subtitle: "run"))
        #expect(plot.subtitle == "run: 4 steps in 2 epochs")
        #expect(plot.panels.count == 2)
        #expect(plot.panels[1].series[0].mark == .line([.init(2, 0.2), .init(4, 0.1)]))
        #expect(plot.panels[1].series.last?.name == "best 10.00\u{202F}%, epoch 2")
        #expect(plot.panels[1].series.last?.mark == .dots([.init(4, 0.1)]))
        #expect(ParsedSVG(plot.svg()).isWellFormed)
    }

    @Test func hasNoSecondPanelWithoutDevelopmentFigures() throws {
        var history = TrainingHistory()
        history.append(TrainingHistory.Step(step: 1, epoch: 1, loss: 2))
        let plot = try #require(Plot.training(history))
        #expect(plot.panels.count == 1)
        #expect(ParsedSVG(plot.svg()).isWellFormed)
        #expect(Plot.training(TrainingHistory()) == nil)
    }

    @Test func smoothsWithExponentialWeightsOnBothSides() {
        let values = [3.0, -1, 4, 1, 5, 9, 2, 6]
        let reach = 1.7
        let smoothed = Plot.smoothed(values, reach: reach)
        for place in values.indices {
            let weights = values.indices.map { exp(-abs(Double($0 - place)) / reach) }
            let mean = zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
            #expect(abs(smoothed[place] - mean) < 1e-12)
        }
        #expect(Plot.smoothed([2, 2, 2], reach: 5).allSatisfy { abs($0 - 2) < 1e-12 })
    }

    @Test func lossAxisIsLogarithmicWhereTheLossFallsFar() throws {
        func scale(_ last: Double) throws -> Plot.Axis {
            var history = TrainingHistory()
            for step in 1...600 {
                history.append(
                    TrainingHistory.Step(step: step, epoch: 1, loss: 10 * pow(last / 10, Double(step) / 600)))
            }
            return try #require(Plot.training(history)).panels[0].vertical
        }
        #expect(try scale(0.01).scale == .logarithmic)
        #expect(try scale(5).scale == .linear)
        #expect(try scale(5).range == 0...10)
    }

    @Test func oneSpikeDoesNotFlattenTheRest() throws {
        var history = TrainingHistory()
        for step in 1...1000 {
            history.append(TrainingHistory.Step(step: step, epoch: 1, loss: step == 500 ? 1000 : 2))
        }
        let range = try #require(Plot.training(history)).panels[0].vertical.range
        #expect(range.upperBound < 100)
    }
}
