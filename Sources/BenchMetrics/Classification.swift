import Foundation
import Verification

/// All that a classification report says of ten thousand samples of 43 classes, with intervals over single samples and
/// over groups of thirty; and every decision that moving one class attains.
func measureClassification() throws {
    let (classCount, sampleCount, groupSize) = (43, 10_000, 30)
    var generator = SplitMix64(seed: 1)
    let labels = (0..<sampleCount).map { $0 / groupSize % classCount }
    let values = labels.flatMap { label in
        (0..<classCount).map { Float.random(in: 0..<1, using: &generator) + ($0 == label ? 0.6 : 0) }
    }
    let alone = try ClassScores(values, of: LabelledSamples(labels: labels, classCount: classCount))
    let grouped = try ClassScores(
        values,
        of: LabelledSamples(labels: labels, classCount: classCount, groups: labels.indices.map { $0 / groupSize }))
    var figureCount = 0
    let seconds = try median {
        let report = try ClassificationReport(alone)
        figureCount = report.figures.count + 3 * report.classes.count
    }
    let grouping = try median { _ = try ClassificationReport(grouped) }
    let shift = median { precondition(!DecisionShift(alone, classes: [14]).points.isEmpty, "there are points") }
    let fit = median {
        precondition(TemperatureCalibration(fitting: alone, source: "bench").temperature > 0, "it fits")
    }
    try report(
        "classification",
        [
            "seconds": seconds, "grouped seconds": grouping, "shift seconds": shift, "temperature seconds": fit,
            "figures": Double(figureCount),
        ])
}
