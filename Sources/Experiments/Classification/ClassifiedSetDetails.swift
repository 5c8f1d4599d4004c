import Datasets
import Foundation
import Models
import Reports
import Torch
import Verification

/// What a report shows of one set beside its rates: classes, mistakes, angles, and the embedding.
struct ClassifiedSetDetails: Sendable {
    let set: String
    let classes: PageTable
    let mistakes: PicturePairs?
    /// By file name: angles of all classes, and of those that matter most.
    let plots: [(name: String, plot: Plot)]
    let sphere: SpherePlot

    /// - Parameters:
    ///   - critical: the classes that the head treats apart; without any, the one with the lowest recall is shown apart.
    ///   - setCount: the sets of the page, which share the room for pictures and points.
    init(
        _ classified: ClassificationTest.ClassifiedSet, report: ClassificationReport, data: OpenedData,
        model: EmbeddingModel, critical: [String], setCount: Int
    ) throws {
        set = classified.set
        let names = data.classes.names
        let labels = classified.scores.samples.labels
        let angles = try model.classifier.flatMap {
            try ClassAngles(classified.features, labels: labels, classifier: $0)
        }
        classes = PageTable(classesOf: set, report, angles: angles, labels: labels)
        let items = classified.indices.map { data.source.items[$0] }
        mistakes = try PicturePairs(
            worstOf: classified, items: items, names: names, source: data.source, transform: model.transform,
            count: max(2, 16 / max(2, setCount)))
        let apart = critical.isEmpty ? Self.lowestRecall(report).map { [$0] } ?? [] : critical
        plots =
            Self.decisionPlots(classified, report, names: names)
            + (try Self.plane(classified, names: names, classifier: model.classifier))
            + (angles.map { Self.plots(classified.set, $0, labels: labels, names: names, apart: apart) } ?? [])
        sphere = try SpherePlot(
            of: set, classified.features.unitRows(), groups: names, groupOf: labels, items: items, grouped: "classes",
            pointCount: SpherePlot.pointCount / max(2, setCount))
    }

    private static func lowestRecall(_ report: ClassificationReport) -> String? {
        report.classes.filter(\.recall.isSupported).min { $0.recall.value < $1.recall.value }?.name
    }

    private static func decisionPlots(
        _ classified: ClassificationTest.ClassifiedSet, _ report: ClassificationReport, names: [String]
    ) -> [(name: String, plot: Plot)] {
        let set = classified.set
        var curves = [
            ReliabilitySeries(name: "logits as they are", curve: classified.plain.reliability(), look: .ofSeries(1))
        ]
        if classified.scores.temperature != 1 {
            curves.append(
                ReliabilitySeries(
                    name: "calibrated on development data", curve: classified.scores.reliability(), look: .ofSeries(0)))
        }
        return [
            (
                "confusion-\(set)",
                .confusion(report.confusion, classNames: names, order: .recall, title: "Confusion matrix of \(set)")
            ),
            ("reliability-\(set)", .reliability(curves, title: "Reliability of \(set)")),
        ]
    }

    /// An embedding of two dimensions needs no projection.
    private static func plane(
        _ classified: ClassificationTest.ClassifiedSet, names: [String], classifier: Classifier?
    ) throws -> [(name: String, plot: Plot)] {
        guard classified.features.size(1) == 2 else { return [] }
        func points(_ tensor: Tensor) throws -> [Plot.Point] {
            let numbers = try tensor.reals()
            return stride(from: 0, to: numbers.count, by: 2).map { Plot.Point(numbers[$0], numbers[$0 + 1]) }
        }
        let weights = classifier?.weight
        let labels = classified.scores.samples.labels
        // Every n-th sample where there are too many to be seen.
        let step = max(1, labels.count / SpherePlot.pointCount)
        let shown = Array(stride(from: 0, to: labels.count, by: step))
        let plot = Plot.plane(
            try points(classified.features.rows(Tensor(shown))), classOf: shown.map { labels[$0] }, classNames: names,
            directions: weights?.rank == 2 && weights?.size(0) == names.count ? try weights.map(points) ?? [] : [],
            title: "Features of \(classified.set)",
            subtitle: "\(shown.count) pictures; lines: the weights of the classes")
        return [("features-\(classified.set)", plot)]
    }

    private static func plots(
        _ set: String, _ angles: ClassAngles, labels: [Int], names: [String], apart: [String]
    ) -> [(name: String, plot: Plot)] {
        func plot(_ title: String, _ isShown: (Int) -> Bool) -> Plot? {
            let rows = labels.indices.filter { isShown(labels[$0]) }
            guard !rows.isEmpty else { return nil }
            return .angleHistogram(
                own: rows.map { angles.own[$0] }, nearest: rows.map { angles.nearest[$0] }, title: title,
                subtitle: "to the weights of the own class, and of the nearest other one")
        }
        let numbers = Set(apart.compactMap { name in names.firstIndex(of: name) })
        let title = apart.joined(separator: ", ")
        return [
            ("angles-\(set)-critical", plot("Angles of \(title) in \(set)", numbers.contains)),
            (
                "angles-\(set)",
                plot("Angles of \(numbers.isEmpty ? "" : "the other classes of ")\(set)") { !numbers.contains($0) }
            ),
        ].compactMap { name, plot in plot.map { (name, $0) } }
    }
}
