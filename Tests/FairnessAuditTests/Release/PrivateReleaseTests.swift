import FairnessAudit
import Foundation
import Testing
import Verification

@Suite struct PrivateReleaseTests {
    private func rows() throws -> TrainingRows {
        try TrainingRows(
            features: [[1, 0], [0, 1], [-0.6, 0.8], [0.6, -0.8]], isPositive: [true, true, false, false])
    }

    @Test func noiseHasItsScaleAndTheModelItsPlace() throws {
        let fit = try LinearFit(rows(), loss: .logistic, regularization: 0.1)
        let sensitivity = try Sensitivity(rowCount: 4, regularization: 0.1, clippingNorm: 1, gradientNorm: 1e-10)
        let privacy = try PrivacyParameters(epsilon: 1, delta: 1e-5)
        var generator = SplitMix64(seed: 5)
        var values: [Double] = []
        for _ in 0..<3000 {
            let release = try PrivateRelease(
                fit, featureNames: ["a", "b"], loss: .logistic, sensitivity: sensitivity, privacy: privacy,
                mechanism: .analytic, using: &generator)
            values.append((release.coefficients[0] - fit.coefficients[0]) / release.scale)
        }
        let mean = values.reduce(0, +) / 3000
        let square = values.reduce(0) { $0 + $1 * $1 } / 3000
        #expect(abs(mean) < 5 / 3000.0.squareRoot())
        #expect(abs(square - 1) < 5 * (2 / 3000.0).squareRoot())
    }

    @Test func aFitWorseThanTheSensitivitySaysIsNotReleased() throws {
        let fit = try LinearFit(rows(), loss: .logistic, regularization: 0.1, tolerance: 1)
        let sensitivity = try Sensitivity(rowCount: 4, regularization: 0.1, clippingNorm: 1)
        let privacy = try PrivacyParameters(epsilon: 1, delta: 1e-5)
        var generator = SystemRandomNumberGenerator()
        #expect(throws: AuditError.self) {
            try PrivateRelease(
                fit, featureNames: ["a", "b"], loss: .logistic, sensitivity: sensitivity, privacy: privacy,
                mechanism: .analytic, using: &generator)
        }
    }

    @Test func whatIsSpentAddsUp() throws {
        let privacy = try PrivacyParameters(epsilon: 1, delta: 1e-5)
        let ratio = try GaussianMechanism.analytic(privacy, sensitivity: 1)
        let entry = PrivacySpent.Entry(privacy: privacy, mechanism: .analytic, noiseRatio: ratio)
        #expect(abs(PrivacySpent([entry]).epsilon - 1) < 1e-8)
        let twice = PrivacySpent([entry, entry])
        #expect(twice.epsilon > 1.3 && twice.epsilon < 2 && twice.delta == 1e-5)
        let pure = PrivacySpent.Entry(
            privacy: try PrivacyParameters(epsilon: 0.5, delta: 0), mechanism: .laplace, noiseRatio: 2)
        #expect(PrivacySpent([pure, pure]).epsilon == 1 && PrivacySpent([pure, pure]).delta == 0)
        #expect(abs(PrivacySpent([entry, pure]).epsilon - 1.5) < 1e-8)
    }

    @Test func theLedgerRemembersPerData() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("deep/releases.jsonl").path
        let ledger = ReleaseLedger(path: path)
        let entry = PrivacySpent.Entry(
            privacy: try PrivacyParameters(epsilon: 1, delta: 1e-5), mechanism: .analytic, noiseRatio: 3)
        #expect(try ledger.entries(data: "a").isEmpty)
        try ledger.record(entry, data: "a")
        try ledger.record(entry, data: "b")
        try ledger.record(entry, data: "a")
        #expect(try ledger.entries(data: "a") == [entry, entry])
        let file = URL(fileURLWithPath: path)
        try Data("nonsense\n".utf8).write(to: file)
        #expect(throws: AuditError.self) { try ledger.entries(data: "a") }
    }
}
