import Foundation
import Reports
import Verification

/// The plots of an evaluation, by name.
///
/// One model has the scores of every set, and a DET and a ROC plot with a curve for every set and condition. Two
/// models have a DET and a ROC plot together, named after the second: colours are sets, strokes are models.
struct EvaluationPlots {
    struct System {
        let name: String
        let trials: [MeasuredTrials]
        /// What the model decides by, marked among the scores.
        let threshold: DecisionThreshold?
    }

    private let systems: [System]

    init(_ systems: [System]) {
        self.systems = systems
    }

    var plots: [(name: String, plot: Plot)] {
        let suffix = systems.count == 1 ? "" : "-against-\(systems[1].name)"
        let subtitle = systems.map(\.name).joined(separator: " and ")
        let curves = [
            ("det" + suffix, Plot.detectionErrorTradeOff(curves, subtitle: subtitle)),
            ("roc" + suffix, Plot.receiverOperatingCharacteristic(curves, subtitle: subtitle)),
        ]
        return systems.count == 1 ? histograms(systems[0]) + curves : curves
    }

    private var curves: [DetectionCurve] {
        let strokes = Plot.Stroke.allCases
        return systems.enumerated().flatMap { number, system in
            system.trials.enumerated().map { place, trials in
                let names = (systems.count == 1 ? [] : [system.name]) + [trials.row.place]
                var look = Plot.Look.ofSeries(place)
                if systems.count > 1 { look.stroke = strokes[number % strokes.count] }
                // A band for every condition would hide them all.
                return DetectionCurve(
                    name: names.joined(separator: ": "), curve: trials.curve, look: look,
                    band: trials.row.condition == nil ? trials.band : nil)
            }
        }
    }

    private func histograms(_ system: System) -> [(name: String, plot: Plot)] {
        system.trials.filter { $0.row.condition == nil }.map { trials in
            let marker = system.threshold.map { threshold in
                Plot.Marker(at: threshold.threshold, label: threshold.label)
            }
            let plot = Plot.scoreHistogram(
                of: trials.curve, markers: marker.map { [$0] } ?? [], title: "Scores of \(trials.row.set)",
                subtitle: system.name)
            return ("score-histogram-\(trials.row.set)", plot)
        }
    }
}

extension DecisionThreshold {
    /// The threshold in a few words.
    fileprivate var label: String {
        "threshold \(rounded(threshold)), set for FAR \(rounded(falseAcceptRateAsked))"
    }
}

/// With three significant digits.
private func rounded(_ value: Double) -> String {
    value.formatted(.number.precision(.significantDigits(1...3)).locale(Locale(identifier: "en_US_POSIX")))
}
