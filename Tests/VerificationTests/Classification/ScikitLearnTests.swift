import Foundation
import PythonSupport
import Testing

@testable import Verification

/// What scikit-learn and scipy make of the same scores (scripts/fixtures/classification.py): rates to the last digit,
/// sums of logarithms and squares up to rounding.
struct ScikitLearnTests {
    private struct Case: Codable {
        let classes: Int
        let labels: [Int]
        let scores: [[Float]]

        func classScores() throws -> ClassScores {
            try ClassScores(Array(scores.joined()), of: LabelledSamples(labels: labels, classCount: classes))
        }
    }

    private struct Expected: Decodable {
        let decided: [Int]
        let confusion: [[Int]]
        let accuracy, balancedAccuracy, macroF1: Double
        let recalls, precisions, f1Scores, topAccuracies: [Double]
        let logLoss, brierScore, calibrationError, temperature: Double
    }

    private struct Measured: Decodable {
        let `case`: Case
        let expected: Expected
    }

    private static let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    private static let script = tests.deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "scripts/fixtures/classification.py")

    @Test func committedNumbersAgree() throws {
        let data = try Data(contentsOf: Self.tests.appending(path: "Fixtures/classification.json"))
        let cases = try JSONDecoder().decode([Measured].self, from: data)
        #expect(cases.count == 3)
        for measured in cases { try expectAgreement(measured.case.classScores(), measured.expected) }
    }

    @Test(.enabled(if: Python.has("sklearn", "scipy"), "Python with scikit-learn and scipy is not installed"))
    func livingNumbersAgree() throws {
        let toys = [
            ToyClassifier(), ToyClassifier(classCount: 43, sampleCount: 700, advantage: 2),
            ToyClassifier(classCount: 150, sampleCount: 900, advantage: 3),
            ToyClassifier(classCount: 3, sampleCount: 9),
        ]
        let all = try toys.enumerated().map { try $1.scores(seed: UInt64($0)) }
        let cases = all.map { scores in
            Case(
                classes: scores.classCount, labels: scores.samples.labels,
                scores: scores.samples.labels.indices.map { Array(scores.row($0)) })
        }
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).json")
        try JSONEncoder().encode(cases).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let output = try Python.run(
            "import runpy, sys; sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0], run_name='__main__')",
            arguments: [Self.script.path, "measure", file.path])
        let expected = try JSONDecoder().decode([Expected].self, from: Data(output.utf8))
        #expect(expected.count == all.count)
        for (scores, expected) in zip(all, expected) { try expectAgreement(scores, expected) }
    }

    private func expectAgreement(_ scores: ClassScores, _ expected: Expected) throws {
        let decisions = scores.decisions
        let matrix = ConfusionMatrix(decisions)
        let tally = matrix.tally
        let classes = 0..<scores.classCount
        #expect(decisions.decided == expected.decided)
        #expect(matrix.counts == Array(expected.confusion.joined()))
        #expect(tally.accuracy == expected.accuracy)
        #expect(tally.balancedAccuracy == expected.balancedAccuracy)
        #expect(tally.macroF1 == expected.macroF1)
        #expect(classes.map(tally.recall) == expected.recalls)
        #expect(classes.map(tally.precision) == expected.precisions)
        #expect(classes.map(tally.f1Score) == expected.f1Scores)
        for (place, accuracy) in expected.topAccuracies.enumerated() {
            #expect(scores.topAccuracy(place + 1) == accuracy)
        }
        #expect(scores.logLoss.isNear(expected.logLoss, within: 4 * expected.logLoss.ulp))
        #expect(scores.brierScore.isNear(expected.brierScore, within: 4 * expected.brierScore.ulp))
        #expect(scores.reliability().expectedCalibrationError.isNear(expected.calibrationError, within: 1e-14))
        let calibration = TemperatureCalibration(fitting: scores, source: "test")
        #expect(calibration.outcome == .fitted)
        #expect(calibration.temperature.isNear(expected.temperature, within: 1e-12 * expected.temperature))
    }
}
