import Foundation
import Verification

/// The tables of a study, made from its file, and from the draws of its runs where they are still there.
///
/// Differences that were computed once are kept in `Results/<study>.differences.csv`, so that the tables come out
/// the same where the runs are not.
public struct ComparisonTables {
    private let rows: [StudyRow]
    private let runs: String
    private let differences: DifferenceFile
    private let wantedReference: String?
    private let wantedMetric: String?

    /// - Parameters:
    ///   - reference: a system; `nil` for the first in the file.
    ///   - metric: its name, or what it begins with.
    public init(file: StudyFile, runs: String, reference: String? = nil, metric: String? = nil) throws {
        rows = try file.rows()
        self.runs = runs
        wantedReference = reference
        wantedMetric = metric
        differences = DifferenceFile(beside: file)
    }

    /// One for every data set and stage that measured test data, the chosen settings first.
    ///
    /// - Throws: ``ComparisonError`` when there is no such reference or metric.
    public func tables() throws -> [ComparisonTable] {
        let systems = rows.map(\.run.system).distinct()
        if let wantedReference, !systems.contains(wantedReference) {
            throw ComparisonError("--reference “\(wantedReference)”: the study has \(systems.joined(separator: ", "))")
        }
        var found: [ComparisonTable] = []
        var kept = try differences.entries()
        let before = kept
        for dataset in rows.map(\.run.dataset).distinct() {
            for stage in [StudyRow.Stage.chosen, .given] {
                let part = rows.filter { $0.run.dataset == dataset && $0.run.stage == stage }
                if let table = try table(part, dataset, stage, &kept) { found.append(table) }
            }
        }
        if kept != before { try differences.write(kept) }
        return found
    }

    private func table(
        _ rows: [StudyRow], _ dataset: String, _ stage: StudyRow.Stage, _ kept: inout [DifferenceFile.Entry]
    ) throws -> ComparisonTable? {
        let measured = rows.filter { $0.subset != StudyRow.development && $0.metric != StudyRow.collapse }
        guard let first = measured.first else { return nil }
        let subset = measured.contains { $0.subset == "all" } ? "all" : first.subset
        let metrics = measured.filter { $0.subset == subset }.map(\.metric).distinct()
        let others = measured.filter { $0.trials == nil }.map(\.metric).distinct()
        let metric = try chosenMetric(among: metrics)
        let systems = rows.map(\.run.system).distinct()
        guard let reference = wantedReference ?? self.rows.first(where: { $0.run.dataset == dataset })?.run.system
        else { return nil }
        let folds = rows.map(\.run.fold).distinct().sorted {
            $0.compare($1, options: .numeric) == .orderedAscending
        }
        let parts = systems.map { system in
            SystemFigures(rows.filter { $0.run.system == system }, system: system, folds: folds, subset: subset)
        }
        guard let referencePart = parts.first(where: { $0.system == reference }) else { return nil }
        let compared = parts.filter { $0.system != reference }
        let found = differences(of: compared, from: referencePart, metric: metric, dataset, stage, &kept)
        let sign = StudyMetric.isBetterLow(metric) ? 1.0 : -1
        func rank(_ part: SystemFigures) -> Double { part.mean(metric).map { sign * $0 } ?? .infinity }
        let ranked = compared.sorted { rank($0) < rank($1) }
        return ComparisonTable(
            dataset: dataset, stage: stage, metric: metric, reference: reference, folds: folds,
            rows: ([referencePart] + ranked).map { part in
                ComparisonTable.Row(
                    system: part.system, seeds: part.seeds, figures: (metrics + others).compactMap(part.figure),
                    difference: found[part.system], collapses: part.collapses, runCount: part.runCount,
                    settings: part.settings)
            })
    }

    private func chosenMetric(among metrics: [String]) throws -> String {
        guard let wantedMetric else {
            return metrics.first { $0 == VerificationTest.developmentMetric.name } ?? metrics[0]
        }
        guard
            let metric = metrics.first(where: { $0 == wantedMetric })
                ?? metrics.first(where: { $0.hasPrefix(wantedMetric) })
        else { throw ComparisonError("--metric \(wantedMetric): the study has \(metrics.joined(separator: ", "))") }
        return metric
    }

    /// The differences of all systems, corrected together.
    ///
    /// Where a run's draws are missing, what was computed from the same figures before stands.
    private func differences(
        of parts: [SystemFigures], from reference: SystemFigures, metric: String, _ dataset: String,
        _ stage: StudyRow.Stage, _ kept: inout [DifferenceFile.Entry]
    ) -> [String: StudyDifference] {
        let pairs = parts.compactMap { part -> (system: String, evidence: String, seeds: [Int])? in
            let seeds = part.seeds.filter(reference.seeds.contains)
            guard !seeds.isEmpty else { return nil }
            return (part.system, part.evidence(metric, seeds) + reference.evidence(metric, seeds), seeds)
        }
        let evidence = DifferenceFile.hash(pairs.map(\.evidence))
        func isSame(_ entry: DifferenceFile.Entry) -> Bool {
            entry.dataset == dataset && entry.stage == stage && entry.metric == metric
                && entry.reference == reference.system
        }
        let known = kept.filter { isSame($0) && $0.evidence == evidence }
        if known.count == pairs.count {
            return Dictionary(known.map { ($0.system, $0.difference) }) { first, _ in first }
        }
        let comparisons = pairs.compactMap { pair -> PairedComparison? in
            guard let part = parts.first(where: { $0.system == pair.system }),
                let first = part.draws(metric, pair.seeds, runs: runs),
                let second = reference.draws(metric, pair.seeds, runs: runs)
            else { return nil }
            return PairedComparison(first: first, second: second, seed: 1)
        }
        // A correction over some of the comparisons would be none.
        guard comparisons.count == pairs.count else { return [:] }
        let found = zip(pairs.map(\.system), StudyDifference.corrected(comparisons)).map { ($0, $1) }
        kept.removeAll(where: isSame)
        kept += found.map { system, difference in
            DifferenceFile.Entry(
                dataset: dataset, stage: stage, metric: metric, system: system, reference: reference.system,
                difference: difference, evidence: evidence)
        }
        return Dictionary(found) { $1 }
    }
}
