import Foundation
import Testing
import Verification

@testable import FairnessAudit

@Suite struct NearZeroRegimeTests {
    private func regime(_ margins: [Double], scale: Double) -> NearZeroRegime {
        NearZeroRegime(partition: "p", group: "g", margins: margins, scale: scale)
    }

    @Test func theBoundIsAboveTheTruth() {
        var generator = SplitMix64(seed: 1)
        let margins = (0..<20_000).map { _ in Double.random(in: 0..<1, using: &generator) }
        for scale in [0.02, 0.1, 0.3] {
            let found = regime(margins, scale: scale)
            // E Φ(−U/σ) for U uniform on (0, 1) is ∫₀^{1/σ} Φ(−t) dt · σ ≈ σ/√(2π).
            let truth = margins.reduce(0) { $0 + StandardNormal.cumulative(-$1 / scale) } / Double(margins.count)
            #expect(found.bound > truth)
            #expect(found.isSupported)
        }
    }

    @Test func aCrowdAtTheBorderIsNotSupported() {
        let margins = (0..<1000).map { $0 % 2 == 0 ? 0.0 : 1.0 }
        #expect(!regime(margins, scale: 0.1).isSupported)
        #expect(!regime([], scale: 0.1).isSupported)
        #expect(!regime([0.5], scale: 0.1).isSupported)
    }
}

@Suite struct BinomialLimitTests {
    /// Clopper and Pearson's limits have closed forms at the ends: 1 − (1 − p)ⁿ = α for one success, pⁿ = α for n.
    @Test func endsHaveClosedForms() {
        #expect(abs(BinomialLimit.lower(successes: 20, of: 20, confidence: 0.95) - pow(0.05, 1 / 20.0)) < 1e-9)
        #expect(abs(BinomialLimit.lower(successes: 1, of: 20, confidence: 0.95) - (1 - pow(0.95, 1 / 20.0))) < 1e-9)
        #expect(BinomialLimit.lower(successes: 0, of: 20, confidence: 0.95) == 0)
    }
}
