import Verification

/// The runs of a method in a table.
struct CriticalSeries {
    let method: CriticalMethod
    let system: String
    let settings: String
    let runs: [StudyRow.Run]

    /// The name of what differences are of.
    var name: String { settings.isEmpty ? system : "\(system) \(settings)" }
}

/// The intervals of a study's tables that need the draws of its runs; what was computed once is kept beside the file.
final class CriticalIntervals {
    private let figures: CriticalFigures
    private let dataset: String
    private let runs: String
    private let test: String
    private let file: DifferenceFile
    /// What was kept before, and what the tables are made of now.
    private let before: [DifferenceFile.Entry]
    private var entries: [DifferenceFile.Entry] = []
    /// A run's draws are read from its folder once.
    private var read: [StudyRow.Run: [String: DrawnMetric]] = [:]

    /// A difference that a table tells.
    struct Comparison {
        let rate: CriticalRate
        let first: CriticalSeries
        let second: CriticalSeries

        var key: String { "\(rate) \(first.name) \(second.name)" }
    }

    /// - Parameter test: the set that the tables are about.
    init(_ study: CriticalStudy, _ figures: CriticalFigures, test: String) throws {
        self.figures = figures
        self.test = test
        dataset = study.study.dataset
        runs = study.runs
        file = DifferenceFile(beside: study.file)
        before = try file.entries()
    }

    /// Writes down what the tables are made of, and no more.
    func keep() throws {
        if entries != before { try file.write(entries) }
    }

    private func keep(_ entry: DifferenceFile.Entry) {
        if !entries.contains(entry) { entries.append(entry) }
    }

    private func drawsOfRun(_ run: StudyRow.Run, _ fingerprint: String) -> [String: DrawnMetric]? {
        if let known = read[run] { return known }
        let draws = StudyRun.result(in: run.folder(in: runs, fingerprint: fingerprint))?.draws
        read[run] = draws
        return draws
    }

    /// What a number was made of, to tell whether it was computed from these figures.
    private func evidence(_ series: [CriticalSeries], _ rate: CriticalRate, _ target: CriticalTarget) -> String {
        series.flatMap { one in
            one.runs.map { run in
                "\(one.name) \(run.seed) \(figures.value(rate, target, in: run, subset: test) ?? .nan)"
            }
        }.joined(separator: "\n")
    }

    /// The draws of a rate in every run; `nil` where one is gone.
    private func draws(_ series: CriticalSeries, _ rate: CriticalRate, _ target: CriticalTarget) -> [DrawnMetric]? {
        let found = series.runs.compactMap { run -> DrawnMetric? in
            guard let fingerprint = figures.fingerprints[run],
                let draws = drawsOfRun(run, fingerprint)
            else { return nil }
            let names = rate.names(target)
            let metrics = names.compactMap { draws[StudyRun.drawKey(subset: test, metric: $0)] }
            guard metrics.count == names.count, let drawCount = metrics.map(\.replicates.count).min() else {
                return nil
            }
            let share = 1 / Double(metrics.count)
            return DrawnMetric(
                value: metrics.reduce(0) { $0 + $1.value * share },
                replicates: (0..<drawCount).map { draw in metrics.reduce(0) { $0 + $1.replicates[draw] * share } })
        }
        return found.count == series.runs.count ? found : nil
    }

    /// Over the samples, of the mean over seeds.
    func overItems(
        _ series: CriticalSeries, _ rate: CriticalRate, _ target: CriticalTarget
    ) -> Interval? {
        let evidence = DifferenceFile.hash([evidence([series], rate, target)])
        let known = before.first {
            $0.dataset == dataset && $0.metric == rate.title(target) && $0.system == series.name && $0.reference.isEmpty
                && $0.evidence == evidence
        }
        if let known {
            keep(known)
            return Interval(lower: known.difference.lower, upper: known.difference.upper, confidence: 0.95)
        }
        guard let draws = draws(series, rate, target), let drawCount = draws.map(\.replicates.count).min(),
            drawCount > 0
        else { return nil }
        let count = Double(draws.count)
        let interval = Interval(
            percentilesOf: (0..<drawCount).map { draw in draws.reduce(0) { $0 + $1.replicates[draw] } / count },
            confidence: 0.95)
        let kept = StudyDifference(
            value: draws.reduce(0) { $0 + $1.value } / count, lower: interval.lower, upper: interval.upper,
            adjustedP: 1, seedCount: draws.count, drawCount: drawCount)
        keep(
            .init(
                dataset: dataset, stage: .chosen, metric: rate.title(target), system: series.name,
                reference: "", difference: kept, evidence: evidence))
        return Interval(lower: kept.lower, upper: kept.upper, confidence: 0.95)
    }

    /// The differences of one table, corrected together.
    func differences(
        _ comparisons: [Comparison], _ target: CriticalTarget, _ tolerance: Double
    ) -> [String: StudyDifference] {
        let evidence = DifferenceFile.hash(
            comparisons.map { self.evidence([$0.first, $0.second], $0.rate, target) } + ["\(tolerance)"])
        let known = before.filter {
            $0.dataset == dataset && !$0.reference.isEmpty && $0.evidence == evidence
        }
        func entry(_ comparison: Comparison) -> DifferenceFile.Entry? {
            known.first {
                $0.metric == comparison.rate.title(target) && $0.system == comparison.first.name
                    && $0.reference == comparison.second.name
            }
        }
        let found = comparisons.compactMap { one in entry(one).map { (key: one.key, entry: $0) } }
        if found.count == comparisons.count {
            for entry in found.map(\.entry) { keep(entry) }
            return Dictionary(found.map { ($0.key, $0.entry.difference) }) { $1 }
        }
        let paired = comparisons.compactMap { one -> PairedComparison? in
            let seeds = Set(one.first.runs.map(\.seed)).intersection(one.second.runs.map(\.seed))
            func part(_ series: CriticalSeries) -> [[DrawnMetric]]? {
                let shared = CriticalSeries(
                    method: series.method, system: series.system, settings: series.settings,
                    runs: series.runs.filter { seeds.contains($0.seed) })
                return draws(shared, one.rate, target)?.map { [$0] }
            }
            guard !seeds.isEmpty, let first = part(one.first), let second = part(one.second) else { return nil }
            return PairedComparison(first: first, second: second, seed: 1)
        }
        // A correction over some of the comparisons would be none.
        guard paired.count == comparisons.count else { return [:] }
        return zip(comparisons, StudyDifference.corrected(paired)).reduce(into: [:]) { found, pair in
            let (comparison, difference) = pair
            found[comparison.key] = difference
            keep(
                .init(
                    dataset: dataset, stage: .chosen, metric: comparison.rate.title(target),
                    system: comparison.first.name, reference: comparison.second.name, difference: difference,
                    evidence: evidence))
        }
    }
}
