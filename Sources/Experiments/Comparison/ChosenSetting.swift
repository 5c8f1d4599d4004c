/// The setting of a system that did best on development identities: with the lowest equal error rate, and of equal
/// ones with the largest area under the curve. A few people leave many rates equal.
struct ChosenSetting {
    let setting: [String]

    /// - Parameter tried: in the order in which they were to be tried: of equal ones the first is taken.
    init?(_ rows: [StudyRow], dataset: String, fold: String, system: String, among tried: [[String]]) {
        let figures = rows.filter { row in
            row.run.stage == .search && row.subset == StudyRow.development && row.run.dataset == dataset
                && row.run.fold == fold && row.run.system == system
        }
        func mean(_ setting: [String], _ metric: String) -> Double? {
            // Behind the setting stand the epochs of the search.
            let text = (setting + ["training.epochs="]).joined(separator: " ")
            let values = figures.filter { $0.metric == metric && $0.run.settings.hasPrefix(text) }.map(\.value)
            return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
        }
        let metrics = StudyMeasurement.developmentMetrics.map(\.name)
        let means = tried.compactMap { setting in
            mean(setting, metrics[0]).map { (setting: setting, rate: $0, area: mean(setting, metrics[1]) ?? 0) }
        }
        guard let best = means.min(by: { ($0.rate, -$0.area) < ($1.rate, -$1.area) }) else { return nil }
        setting = best.setting
    }
}
