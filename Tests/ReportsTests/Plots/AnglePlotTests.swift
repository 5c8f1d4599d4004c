import Foundation
import Testing

@testable import Reports

@Suite struct AnglePlotTests {
    @Test func anglesAreCountedInDegrees() throws {
        let degree = Double.pi / 180
        let plot = Plot.angleHistogram(
            own: [1, 2, 3, 11].map { ($0 + 0.5) * degree }, nearest: [88.5, 91.5].map { $0 * degree })
        guard case .histogram(let nearest) = plot.panels[0].series[0].mark,
            case .histogram(let own) = plot.panels[0].series[1].mark
        else {
            Issue.record("no histograms")
            return
        }
        // Twelve bins at least over 91.5°, of a round width: 10°.
        #expect(own[0].lower == 0 && own[0].upper == 10 && own.count == 10)
        #expect(own.map(\.height) == [0.75, 0.25, 0, 0, 0, 0, 0, 0, 0, 0])
        #expect(nearest.map(\.height) == [0, 0, 0, 0, 0, 0, 0, 0, 0.5, 0.5])
        #expect(plot.summary.contains("nearest other 91.5°"))
        #expect(ParsedSVG(plot.svg()).isWellFormed)
    }

    @Test func theTargetAngleIsDrawnWhereThereIsOne() throws {
        var history = TrainingHistory()
        history.append(.init(step: 1, epoch: 1, loss: 3))
        #expect(Plot.targetAngle(history) == nil)
        history.append(.init(step: 2, epoch: 1, loss: 2, targetAngle: .pi / 2))
        history.append(.init(step: 3, epoch: 1, loss: 1, targetAngle: .pi / 3))
        let plot = try #require(Plot.targetAngle(history))
        guard case .line(let points) = plot.panels[0].series[0].mark else {
            Issue.record("no line")
            return
        }
        #expect(points.map(\.x) == [2, 3] && abs(points[0].y - 90) < 1e-9 && abs(points[1].y - 60) < 1e-9)
        let log = Data(#"{"event":"step","step":4,"epoch":2,"loss":1,"targetAngle":0.5}"#.utf8)
        #expect(TrainingHistory(log: log).steps.first?.targetAngle == 0.5)
    }
}
