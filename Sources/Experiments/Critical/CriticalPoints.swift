import Verification

/// The points of the trade-off between recall and accuracy.
extension CriticalTables {
    /// On validation data, every setting that was tried, and CE's runs of that stage with several biases.
    func validationPlot(_ target: CriticalTarget) -> CriticalPlot {
        let systems = CriticalMethod.allCases.map { ($0, $0.system(target).name) }
        let points = systems.flatMap { method, system in
            figures.settings(.search, system).sorted().compactMap { settings -> CriticalPlot.Point? in
                let runs = figures.runs(.search, system, settings: settings)
                func values(_ rate: CriticalRate) -> [Double] {
                    runs.compactMap { figures.value(rate, target, in: $0, subset: StudyRow.development) }
                }
                let (accuracy, recall) = (values(.accuracy), values(.recall))
                guard !runs.isEmpty, accuracy.count == runs.count, recall.count == runs.count else { return nil }
                return CriticalPlot.Point(
                    method: method, accuracy: accuracy.reduce(0, +) / Double(runs.count),
                    recall: recall.reduce(0, +) / Double(runs.count), accuracyInterval: Interval(meanOf: accuracy),
                    recallInterval: Interval(meanOf: recall))
            }
        }
        return CriticalPlot(
            title: "Every setting on validation data", subtitle: "\(target.name), stage 1", target: target,
            points: points,
            notes: ["Each point is one setting, the mean over its runs, with Student's 95 % interval over them."])
    }

    /// On test data, what was chosen by either rule.
    func testPlot(_ target: CriticalTarget, _ tables: [CriticalTable]) -> CriticalPlot {
        var seen: Set<String> = []
        let points = tables.filter { $0.target == target }.flatMap(\.rows).compactMap { row -> CriticalPlot.Point? in
            guard let setting = row.setting, seen.insert("\(row.method) \(setting)").inserted,
                let recall = row.figure(.recall), let accuracy = row.figure(.accuracy)
            else { return nil }
            return CriticalPlot.Point(
                method: row.method, accuracy: accuracy.mean, recall: recall.mean,
                accuracyInterval: accuracy.overSeeds, recallInterval: recall.overSeeds)
        }
        return CriticalPlot(
            title: "What was chosen, on test data", subtitle: "\(target.name), stage 2", target: target, points: points,
            notes: ["Means over seeds, with Student's 95 % intervals over them."])
    }
}
