import Foundation
import Verification

/// The tables of a study of critical classes, made from its file, and from the draws of its runs where they are still
/// there.
///
/// Intervals that were computed once are kept in `Results/<study>.differences.csv`, so that the tables come out the
/// same where the runs are not.
struct CriticalTables {
    let study: CriticalStudy
    let figures: CriticalFigures
    private let intervals: CriticalIntervals
    private let test: String

    init(_ study: CriticalStudy) throws {
        self.study = study
        figures = CriticalFigures(try study.file.rows(), dataset: study.study.dataset)
        test = study.test
        intervals = try CriticalIntervals(study, figures, test: test)
    }

    /// One for every target and rule.
    func tables(_ targets: [CriticalTarget]) throws -> [CriticalTable] {
        let tables = try targets.flatMap { target in
            try study.plan.tolerances.map { try table(target, $0) }
        }
        try intervals.keep()
        return tables
    }

    private func table(
        _ target: CriticalTarget, _ tolerance: Double
    ) throws -> CriticalTable {
        let series = try CriticalMethod.allCases.map { method in
            (method, try self.series(method, target, tolerance))
        }
        let baseline = series.first { $0.0 == .crossEntropy }?.1
        let present = series.compactMap { $0.1 }
        let alike = present.reduce(into: [String: CriticalSeries]()) { found, one in
            guard one.method != .crossEntropy, one.method != .shifted else { return }
            found[one.name] = shifted(target, .asAccurate(system: one.system, settings: one.settings))
        }
        var comparisons: [CriticalIntervals.Comparison] = []
        if let baseline {
            for one in present where one.method != .crossEntropy {
                comparisons.append(.init(rate: .recall, first: one, second: baseline))
                comparisons.append(.init(rate: .accuracy, first: one, second: baseline))
                if let other = alike[one.name] { comparisons.append(.init(rate: .recall, first: one, second: other)) }
            }
        }
        let found = intervals.differences(comparisons, target, tolerance)
        func difference(_ rate: CriticalRate, _ first: CriticalSeries?, _ second: CriticalSeries?) -> StudyDifference? {
            guard let first, let second else { return nil }
            return found[CriticalIntervals.Comparison(rate: rate, first: first, second: second).key]
        }
        let rows = series.map { method, one in
            CriticalTable.Row(
                method: method, setting: one?.settings, seeds: one?.runs.map(\.seed) ?? [],
                figures: one.map { figuresOf($0, target) } ?? [],
                validation: one.flatMap { validation($0, target) },
                recallGain: difference(.recall, one, baseline), accuracyGain: difference(.accuracy, one, baseline),
                shifted: one.flatMap { one in
                    guard let other = alike[one.name],
                        let bias = ShiftReason.asAccurate(
                            system: one.system, settings: one.settings
                        ).bias(of: other.settings),
                        let recall = figures.mean(.recall, target, over: other.runs, subset: test),
                        let accuracy = figures.mean(.accuracy, target, over: other.runs, subset: test)
                    else { return nil }
                    return .init(
                        bias: bias, recall: recall, accuracy: accuracy, difference: difference(.recall, one, other))
                },
                collapses: one?.runs.compactMap { run in
                    figures.collapses[run].map { "fold \(run.fold), seed \(run.seed): \($0)" }
                } ?? [])
        }
        return CriticalTable(
            dataset: study.study.dataset, target: target, tolerance: tolerance, rows: rows,
            drawCount: study.plan.drawCount, comparisonCount: comparisons.count)
    }

    /// What a rule chose of a method; `nil` where nothing keeps the accuracy, or nothing is measured yet.
    private func series(_ method: CriticalMethod, _ target: CriticalTarget, _ tolerance: Double) throws
        -> CriticalSeries?
    {
        if method == .shifted { return shifted(target, .tolerance(tolerance)) }
        guard let best = try study.chosen(method, target, tolerance: tolerance, figures) else { return nil }
        return measured(method, method.system(target).name, best.setting.joined(separator: " "))
    }

    private func shifted(_ target: CriticalTarget, _ reason: ShiftReason) -> CriticalSeries? {
        let system = CriticalMethod.shifted.system(target).name
        let found = figures.settings(.chosen, system).filter { reason.bias(of: $0) != nil }.sorted()
            .compactMap { measured(.shifted, system, $0) }
        // Chosen anew when seeds are added: what covers the most of them counts.
        return found.max { $0.runs.count < $1.runs.count }
    }

    private func measured(_ method: CriticalMethod, _ system: String, _ settings: String) -> CriticalSeries? {
        let runs = figures.runs(.chosen, system, settings: settings).filter { $0.seed <= study.plan.seedCount }
        return runs.isEmpty ? nil : CriticalSeries(method: method, system: system, settings: settings, runs: runs)
    }

    private func validation(_ series: CriticalSeries, _ target: CriticalTarget) -> CriticalTable.Validation? {
        guard
            let recall = figures.mean(.recall, target, over: series.runs, subset: StudyRow.development),
            let accuracy = figures.mean(.accuracy, target, over: series.runs, subset: StudyRow.development)
        else { return nil }
        return .init(recall: recall, accuracy: accuracy)
    }

    private func figuresOf(
        _ series: CriticalSeries, _ target: CriticalTarget
    ) -> [CriticalTable.Figure] {
        CriticalRate.allCases.compactMap { rate in
            guard let mean = figures.mean(rate, target, over: series.runs, subset: test) else { return nil }
            let values = series.runs.compactMap { figures.value(rate, target, in: $0, subset: test) }
            return CriticalTable.Figure(
                rate: rate, mean: mean, overSeeds: CriticalRate.interval(over: values),
                overItems: intervals.overItems(series, rate, target))
        }
    }
}
