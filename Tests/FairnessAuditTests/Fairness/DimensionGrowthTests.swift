import FairnessAudit
import Foundation
import Tables
import Testing
import Verification

@Suite struct DimensionGrowthTests {
    @Test func emptyFeaturesLengthenTheNoiseAndLeaveTheDecisions() throws {
        var generator = SplitMix64(seed: 21)
        let lines = (0..<400).map { row in
            let x = NormalDraws.draw(3, using: &generator)
            return "\(x[0]),\(x[1]),\(row % 3 == 0 ? "f" : "m"),\(x[0] + 0.5 * x[2] > 0 ? 1 : 0)"
        }
        let table = try Table.parse(
            (["a,b,sex,y"] + lines).joined(separator: "\n"), name: "t.csv", format: .csv)
        var task = AuditTask(label: "y", positive: "1", sensitive: ["sex"])
        task.clippingNorm = 1
        let prepared = try PreparedTable(table, task: task)
        let level = NoiseLevel(privacy: try .init(epsilon: 1, delta: 1e-5), mechanism: .analytic, scale: 2)
        let growth = try DimensionGrowth(
            prepared, loss: .logistic, regularization: 0.01, level: level, added: [0, 98], drawCount: 1000)
        let control = growth.points.filter { $0.curve == .control }
        let noisy = growth.points.filter { $0.curve == .noiseFeatures }
        #expect(control.map(\.dimension) == [2, 100] && noisy.map(\.dimension) == [2, 100])
        #expect(abs(control[0].expectedFlips - control[1].expectedFlips) < 1e-9)
        #expect(abs(control[0].fairnessChange - control[1].fairnessChange) < 0.05)
        #expect(control[0].accuracy == control[1].accuracy)
        // ‖Z‖ ≈ 20 against a model of norm below 8.
        #expect(control[1].drift.mean > 3 * control[0].drift.mean)
        #expect(noisy[1].expectedFlips > noisy[0].expectedFlips)
    }
}
