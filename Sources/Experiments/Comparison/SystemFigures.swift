import Foundation
import Verification

/// The figures of one system in one stage of a study, by seed and fold.
struct SystemFigures {
    let system: String
    /// With a run on every fold.
    let seeds: [Int]
    let collapses: [String]
    let runCount: Int
    let settings: [String: String]
    private let folds: [String]
    private let subset: String
    private var values: [Place: [String: Double]] = [:]
    private var runs: [Place: (run: StudyRow.Run, fingerprint: String)] = [:]

    private struct Place: Hashable {
        let seed: Int
        let fold: String
    }

    /// - Parameter rows: in the order of the file: of two runs with one seed on one fold the later one counts.
    init(_ rows: [StudyRow], system: String, folds: [String], subset: String) {
        self.system = system
        self.folds = folds
        self.subset = subset
        for row in rows { runs[Place(seed: row.run.seed, fold: row.run.fold)] = (row.run, row.fingerprint) }
        var collapses: [String] = []
        var settings: [String: String] = [:]
        for row in rows {
            let place = Place(seed: row.run.seed, fold: row.run.fold)
            guard runs[place]?.run == row.run else { continue }
            settings[row.run.fold] = row.run.settings
            if row.metric == StudyRow.collapse {
                collapses.append("fold \(row.run.fold), seed \(row.run.seed): \(row.subset)")
            } else if row.subset == subset || row.trials == nil && row.subset != StudyRow.development {
                values[place, default: [:]][row.metric] = row.value
            }
        }
        self.collapses = collapses
        self.settings = settings
        runCount = runs.count
        let runs = runs
        seeds = Set(runs.keys.map(\.seed)).sorted().filter { seed in
            folds.allSatisfy { runs[Place(seed: seed, fold: $0)] != nil }
        }
    }

    /// The mean over folds for each seed; `nil` where a fold has no such figure.
    private func bySeed(_ metric: String) -> [Double] {
        seeds.compactMap { seed in
            let found = folds.compactMap { values[Place(seed: seed, fold: $0)]?[metric] }
            return found.count == folds.count ? found.reduce(0, +) / Double(folds.count) : nil
        }
    }

    func mean(_ metric: String) -> Double? {
        let values = bySeed(metric)
        return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }

    func figure(_ metric: String) -> ComparisonTable.Figure? {
        let values = bySeed(metric)
        guard let mean = mean(metric), let lowest = values.min(), let highest = values.max() else { return nil }
        return .init(metric: metric, mean: mean, lowest: lowest, highest: highest)
    }

    /// What a difference is made of, to tell whether it was computed from these figures.
    func evidence(_ metric: String, _ seeds: [Int]) -> String {
        seeds.flatMap { seed in
            folds.map { "\(system) \($0) \(seed) \(values[Place(seed: seed, fold: $0)]?[metric] ?? .nan)" }
        }.joined(separator: "\n")
    }

    /// The draws of the runs, by seed and fold; `nil` where one is gone.
    func draws(_ metric: String, _ seeds: [Int], runs folder: String) -> [[DrawnMetric]]? {
        let key = StudyRun.drawKey(subset: subset, metric: metric)
        var found: [[DrawnMetric]] = []
        for seed in seeds {
            let drawn = folds.compactMap { fold -> DrawnMetric? in
                guard let (run, fingerprint) = runs[Place(seed: seed, fold: fold)] else { return nil }
                let path = run.folder(in: folder, fingerprint: fingerprint)
                return StudyRun.result(in: path)?.draws[key]
            }
            guard drawn.count == folds.count else { return nil }
            found.append(drawn)
        }
        return found
    }
}
