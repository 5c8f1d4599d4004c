import Foundation
import Testing

@testable import Verification

struct TemperatureCalibrationTests {
    private func fitted(_ values: [Float], _ labels: [Int], classCount: Int) throws -> TemperatureCalibration {
        TemperatureCalibration(
            fitting: try ClassScores(values, of: LabelledSamples(labels: labels, classCount: classCount)),
            source: "test")
    }

    /// Three of four are right with the logit 1, so 1/(1 + e^(−1/T)) = 3/4 and T = 1/ln 3.
    @Test func twoClassesByHand() throws {
        let calibration = try fitted([1, 0, 1, 0, 1, 0, 1, 0], [0, 0, 0, 1], classCount: 2)
        #expect(calibration.outcome == .fitted && calibration.isSupported)
        #expect(calibration.temperature.isNear(1 / log(3)))
        #expect(calibration([1, 0])[0].isNear(0.75))
        let entropy: Double = -0.75 * log(0.75) - 0.25 * log(0.25)
        #expect(calibration.logLossAfter.isNear(entropy))
        #expect(calibration.logLossAfter < calibration.logLossBefore)
        #expect(calibration.sampleCount == 4 && calibration.classCount == 2 && calibration.groupCount == nil)
    }

    @Test func isAMinimumOfTheLogLoss() throws {
        for seed in 0..<10 {
            let scores = try ToyClassifier(advantage: 2).scores(seed: UInt64(seed))
            let calibration = TemperatureCalibration(fitting: scores, source: "")
            #expect(calibration.outcome == .fitted)
            #expect(calibration.logLossBefore.isNear(scores.logLoss, within: 1e-14))
            #expect(scores.calibrated(by: calibration).logLoss.isNear(calibration.logLossAfter, within: 1e-14))
            for factor in [0.97, 1.03] {
                let other = try ClassScores(
                    scores.values.map { Float(Double($0) / (calibration.temperature * factor)) }, of: scores.samples)
                #expect(other.logLoss > calibration.logLossAfter)
            }
            #expect(scores.calibrated(by: calibration).decisions == scores.decisions)
        }
    }

    /// Logits of another unit have a temperature of that unit.
    @Test(arguments: [Float(1) / 1024, 64, 1_048_576])
    func followsTheScaleOfScores(factor: Float) throws {
        let scores = try ToyClassifier().scores(seed: 5)
        let scaled = try ClassScores(scores.values.map { $0 * factor }, of: scores.samples)
        let first = TemperatureCalibration(fitting: scores, source: "")
        let second = TemperatureCalibration(fitting: scaled, source: "")
        #expect((second.temperature / first.temperature).isNear(Double(factor), within: 1e-9 * Double(factor)))
        #expect(second.outcome == .fitted)
    }

    @Test func saysWhenTheDataCannotSupportIt() throws {
        let right = try fitted([3, 1, 0, 0, 2, 1], [0, 1], classCount: 3)
        #expect(right.outcome == .separable && !right.isSupported)
        #expect(right.temperature > 0 && right.temperature < 0.01 && right.logLossAfter < 1e-9)
        let wrong = try fitted([3, 1, 0, 0, 2, 1], [2, 0], classCount: 3)
        #expect(wrong.outcome == .uninformative)
        #expect(wrong.temperature > 100 && wrong.logLossAfter.isNear(log(3), within: 0.01))
        let constant = try fitted([3, 3, -1, -1], [0, 1], classCount: 2)
        #expect(constant.outcome == .constant && constant.temperature == 1)
        #expect(constant.logLossAfter == constant.logLossBefore)
        #expect(try fitted([3, 4], [0, 0], classCount: 1).outcome == .constant)
        #expect(try fitted([1000, 0, 1000, 0], [0, 0], classCount: 2).outcome == .separable)
    }

    /// The own class ties for the highest score everywhere: the loss falls towards ln 2, and never gets there.
    @Test func tiesForTheHighestScoreCountAsRight() throws {
        #expect(try fitted([1, 1, 0, 1, 1, 0], [0, 1], classCount: 3).outcome == .separable)
    }

    @Test func canBeWrittenAndRead() throws {
        let scores = try ToyClassifier(groupSize: 4).scores(seed: 2)
        let calibration = TemperatureCalibration(fitting: scores, source: "signs, development tracks")
        #expect(calibration.groupCount == 15)
        let data = try JSONEncoder().encode(calibration)
        #expect(try JSONDecoder().decode(TemperatureCalibration.self, from: data) == calibration)
    }

    @Test func probabilitiesAddUpToOne() throws {
        let calibration = TemperatureCalibration(fitting: try ToyClassifier().scores(seed: 1), source: "")
        let probabilities = calibration([1e6, 1e6 - 1, -1e6])
        #expect(probabilities.reduce(0, +).isNear(1) && probabilities[2] == 0)
    }
}
