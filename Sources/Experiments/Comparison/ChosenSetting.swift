/// The setting of a system that did best on development identities.
struct ChosenSetting {
    let setting: [String]

    /// - Parameter tried: in the order in which they were to be tried: of equal ones the first is taken.
    init?(_ rows: [StudyRow], dataset: String, fold: String, system: String, among tried: [[String]]) {
        let figures = rows.filter { row in
            row.run.stage == .search && row.subset == StudyRow.development && row.run.dataset == dataset
                && row.run.fold == fold && row.run.system == system
        }
        let means = tried.compactMap { setting -> (setting: [String], mean: Double)? in
            let text = setting.joined(separator: " ")
            // Behind the setting stand the epochs of the search.
            let values = figures.filter { $0.run.settings.hasPrefix(text + " ") }.map(\.value)
            return values.isEmpty ? nil : (setting, values.reduce(0, +) / Double(values.count))
        }
        guard let best = means.min(by: { $0.mean < $1.mean }) else { return nil }
        setting = best.setting
    }
}
