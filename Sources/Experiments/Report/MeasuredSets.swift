import Datasets
import Foundation
import Models
import Reports
import Torch
import Verification

/// One model's figures on some sets, with all that a page shows of them.
struct MeasuredSets: Sendable {
    let report: EvaluationReport
    let measured: [MeasuredTrials]
    let details: [SetDetails]
    /// All that the model keeps, and what it decides by.
    let thresholds: [DecisionThreshold]
    let threshold: DecisionThreshold?

    /// Measures sets that are embedded.
    init(
        _ embedded: [VerificationTest.EmbeddedSet], test: VerificationTest, model: EmbeddingModel, name: String,
        oneShot: NamedValue? = nil
    ) throws {
        thresholds = model.thresholds
        threshold = model.threshold()
        var (measured, details) = ([MeasuredTrials](), [SetDetails]())
        for set in embedded {
            let found = try test.scored(set).map { try test.measured($0.trials, $0.scored) }
            measured += found
            guard let whole = found.first else { continue }
            let (value, text) = Self.decision(threshold, whole)
            details.append(
                try SetDetails(
                    set, data: test.data, transform: model.transform, threshold: value, thresholdText: text,
                    setCount: embedded.count))
        }
        (self.measured, self.details) = (measured, details)
        report = EvaluationReport(name: name, rows: measured.map(\.row), oneShot: oneShot)
    }

    /// The threshold of the model, else that of the set's own equal error rate, with where it comes from.
    private static func decision(_ threshold: DecisionThreshold?, _ whole: MeasuredTrials) -> (Double, String) {
        if let threshold {
            let value = PageText.decimal(threshold.threshold)
            return (
                threshold.threshold,
                "Decided by the threshold \(value), chosen on development data for a false accept rate of "
                    + "\(PageText.number(threshold.falseAcceptRateAsked))."
            )
        }
        let own = whole.curve.equalErrorRate(.interpolated).threshold
        return (
            own,
            "The model has no threshold; decided by \(PageText.decimal(own)), the threshold of this set's own equal error "
                + "rate, which flatters."
        )
    }

    /// The plots by file name: scores, error rates, then angles.
    ///
    /// - Parameter prefix: what the names of the files begin with.
    func plots(prefix: String = "") -> [(name: String, plot: Plot)] {
        let rates = EvaluationPlots([.init(name: report.name, trials: measured, threshold: threshold)]).plots
        return rates.map { (prefix + $0.name, $0.plot) } + anglePlots(prefix: prefix)
    }

    func anglePlots(prefix: String = "") -> [(name: String, plot: Plot)] {
        details.compactMap { detail in detail.angles.map { ("\(prefix)angles-\(detail.set)", $0) } }
    }

    func spheres(prefix: String = "") -> [(name: String, sphere: SpherePlot)] {
        details.map { $0.sphere.kept(of: $0.set, prefix: prefix) }
    }
}
