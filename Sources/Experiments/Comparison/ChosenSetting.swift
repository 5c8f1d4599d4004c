/// The setting of a system that did best on development data, by what its task chooses by (``StudyMetric/choosing``): a
/// few people leave many error rates equal.
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
        let measured = Set(figures.map(\.metric))
        guard let metrics = StudyMetric.choosing.first(where: { measured.contains($0[0]) }) else { return nil }
        let sign = StudyMetric.isBetterLow(metrics[1]) ? 1.0 : -1
        let means = tried.compactMap { setting in
            mean(setting, metrics[0]).map {
                (setting: setting, rate: $0, second: sign * (mean(setting, metrics[1]) ?? 0))
            }
        }
        guard let best = means.min(by: { ($0.rate, $0.second) < ($1.rate, $1.second) }) else { return nil }
        setting = best.setting
    }
}
