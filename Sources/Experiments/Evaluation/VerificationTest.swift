import Datasets
import Models
import Reports
import Torch
import Verification

/// Measures a model by verification: pairs of pictures, "same or not".
public struct VerificationTest: Sendable {
    let data: OpenedData
    let evaluation: EvaluationRecipe
    let seed: UInt64

    public init(data: OpenedData, evaluation: EvaluationRecipe, seed: UInt64) {
        self.data = data
        self.evaluation = evaluation
        self.seed = seed
    }

    /// The trials of one set, or of one condition within it, without scores.
    public struct Trials: Sendable {
        public let set: String
        public let condition: String?
        /// The items that the list numbers from zero.
        public let indices: [Int]
        public let list: TrialList

        /// As result files name it: a condition, or the set, “all” for the usual one.
        var subset: String { condition ?? (set == EvaluationRecipe.defaultSet ? "all" : set) }

        /// The set and the condition, for messages.
        var place: String { ["the set \(set)", condition].compactMap { $0 }.joined(separator: ", ") }
    }

    /// All pairs of the pictures of a set; with a condition to break down by, also the pairs of one picture
    /// under the first condition with one under each.
    public func trials(of set: String) throws -> [Trials] {
        let indices = try data.indices(of: set)
        let labels = data.labels(of: indices)
        let all = Trials(set: set, condition: nil, indices: indices, list: TrialList(allPairsOf: labels))
        guard let column = evaluation.by else { return [all] }
        let conditions = try conditions(by: column, of: indices)
        let names = Set(conditions).sorted()
        return try [all]
            + names.map { name in
                let pairs = (0..<indices.count).flatMap { left in
                    (0..<indices.count).compactMap { right -> ItemPair? in
                        guard conditions[left] == names[0], conditions[right] == name else { return nil }
                        // Within the first condition each pair counts once.
                        return name == names[0] && left >= right ? nil : ItemPair(left: left, right: right)
                    }
                }
                return Trials(
                    set: set, condition: "\(column) \(name)", indices: indices,
                    list: try TrialList(pairs: pairs, identities: labels))
            }
    }

    /// What a manifest's column says of items.
    private func conditions(by column: String, of indices: [Int]) throws -> [String] {
        try indices.map { index in
            guard let condition = data.source.items[index].columns[column] else {
                throw DataError(
                    path: data.source.place(of: data.source.items[index]),
                    message: "has no “\(column)”, by which evaluation.by breaks the results down; "
                        + "add that column to the manifest")
            }
            return condition
        }
    }

    /// The pictures of a set with their embeddings.
    struct EmbeddedSet: Sendable {
        let set: String
        /// The items that the rows belong to.
        let indices: [Int]
        /// [N, d], rows of length 1.
        let embeddings: Tensor
    }

    /// The pictures of all sets of the recipe, embedded.
    ///
    /// - Parameter progress: called with pictures done and pictures in all.
    func embedded(
        _ model: EmbeddingModel, device: Device, progress: (Int, Int) -> Void = { _, _ in }
    ) throws -> [EmbeddedSet] {
        let sets = try evaluation.sets.map { ($0, try data.indices(of: $0)) }
        // What is missing should show before minutes of work.
        if let column = evaluation.by { for (_, indices) in sets { _ = try conditions(by: column, of: indices) } }
        let total = sets.reduce(0) { $0 + $1.1.count }
        var before = 0
        return try sets.map { set, indices in
            let embeddings = try model.embeddings(of: data.source, indices: indices, on: device) { done in
                progress(before + done, total)
            }
            before += indices.count
            return EmbeddedSet(set: set, indices: indices, embeddings: embeddings)
        }
    }

    /// The trials of a set, and of the conditions within it, with their scores.
    func scored(_ embedded: EmbeddedSet) throws -> [(trials: Trials, scored: ScoredTrials)] {
        try trials(of: embedded.set).map { trials in
            (
                trials,
                try DataError.naming(trials.place) { try Scoring.trials(trials.list, embeddings: embedded.embeddings) }
            )
        }
    }

    /// The trials of all sets of the recipe with a model's scores.
    ///
    /// - Parameter progress: called with pictures done and pictures in all.
    public func scored(
        _ model: EmbeddingModel, device: Device, progress: (Int, Int) -> Void = { _, _ in }
    ) throws -> [(trials: Trials, scored: ScoredTrials)] {
        try embedded(model, device: device, progress: progress).flatMap(scored)
    }

    /// The figures of scored trials with intervals over identities, and the curve with its band from the same draws.
    public func measured(_ trials: Trials, _ scored: ScoredTrials) throws -> MeasuredTrials {
        let curve = scored.curve
        let bandMetrics = PointwiseBand.metrics(for: curve)
        let report = try DataError.naming(trials.place) {
            try bootstrap.estimates(of: metrics + bandMetrics, on: scored)
        }
        return MeasuredTrials(
            row: row(trials, report), curve: curve,
            band: PointwiseBand(
                bandMetrics, estimates: report.estimates.dropFirst(metrics.count), of: report))
    }

    /// The differences first − second of two systems on the same trials, draw by draw.
    public func differences(
        _ trials: Trials, _ first: ScoredTrials, _ second: ScoredTrials
    ) throws -> EvaluationReport.Row {
        try row(
            trials,
            DataError.naming(trials.place) { try bootstrap.differences(of: metrics, between: first, and: second) })
    }

    private var bootstrap: IdentityBootstrap { IdentityBootstrap(seed: seed, drawCount: evaluation.draws) }

    /// What the epochs of a run, and settings, are chosen by.
    static let developmentMetric = Metric.equalErrorRate(.interpolated)

    /// What is reported of every set.
    var metrics: [Metric] {
        [Self.developmentMetric]
            + evaluation.falseAcceptRates.map { .trueAcceptRate(atFalseAcceptRate: $0, .atMost) }
    }

    private func row(_ trials: Trials, _ report: BootstrapReport) -> EvaluationReport.Row {
        let genuine = (0..<trials.list.count).count { trials.list.isGenuine($0) }
        return EvaluationReport.Row(
            set: trials.set, condition: trials.condition, identityCount: report.identityCount,
            genuineCount: genuine, impostorCount: trials.list.count - genuine,
            estimates: report.estimates.prefix(metrics.count).map(EvaluationReport.Figure.init), method: report.method,
            caveat: report.caveat)
    }
}
