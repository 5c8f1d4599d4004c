/// The figures of a study of critical classes, found by run.
struct CriticalFigures {
    private var values: [StudyRow.Run: [Figure: Double]] = [:]
    /// Why runs broke down.
    private(set) var collapses: [StudyRow.Run: String] = [:]
    private(set) var fingerprints: [StudyRow.Run: String] = [:]

    private struct Figure: Hashable {
        let subset: String
        let metric: String
    }

    init(_ rows: [StudyRow], dataset: String) {
        for row in rows where row.run.dataset == dataset {
            fingerprints[row.run] = row.fingerprint
            if row.metric == StudyRow.collapse {
                collapses[row.run] = row.subset
            } else {
                values[row.run, default: [:]][Figure(subset: row.subset, metric: row.metric)] = row.value
            }
        }
    }

    /// The runs of a system with these settings, by seed.
    func runs(_ stage: StudyRow.Stage, _ system: String, settings: String) -> [StudyRow.Run] {
        values.keys.filter { $0.stage == stage && $0.system == system && $0.settings == settings }
            .sorted { ($0.seed, $0.fold) < ($1.seed, $1.fold) }
    }

    /// All settings of a system in a stage, in no order.
    func settings(_ stage: StudyRow.Stage, _ system: String) -> Set<String> {
        Set(values.keys.filter { $0.stage == stage && $0.system == system }.map(\.settings))
    }

    /// A target's rate in one run; `nil` where one of its classes was not measured.
    func value(_ rate: CriticalRate, _ target: CriticalTarget, in run: StudyRow.Run, subset: String) -> Double? {
        let names = rate.names(target)
        let found = names.compactMap { values[run]?[Figure(subset: subset, metric: $0)] }
        return found.count == names.count ? mean(found) : nil
    }

    /// The rate's mean over runs; `nil` where one lacks it.
    func mean(
        _ rate: CriticalRate, _ target: CriticalTarget, over runs: [StudyRow.Run], subset: String
    ) -> Double? {
        let found = runs.compactMap { value(rate, target, in: $0, subset: subset) }
        return found.count == runs.count && !found.isEmpty ? mean(found) : nil
    }

    /// The mean recall of every class in the runs that rank classes.
    func recalls(_ classes: [String], in runs: [StudyRow.Run]) -> [String: Double] {
        classes.reduce(into: [:]) { recalls, name in
            recalls[name] = mean(.recall, CriticalTarget([name]), over: runs, subset: StudyRow.development)
        }
    }

    private func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
}
