import Datasets
import Models
import Torch
import Verification

/// N-way one-shot classification over fixed runs (Lake, Salakhutdinov, Tenenbaum 2015): each picture of a
/// run is assigned to the most similar of the run's single examples.
///
/// Read from a CSV manifest `path,label,run,role` in which `role` is `example` or `probe`.
public struct OneShotTest: Sendable {
    private let source: ManifestSource
    private let runs: [(examples: [Int], probes: [Int])]

    /// - Throws: ``/Datasets/DataError`` when a column is missing or a run has no examples or probes.
    public init(path: String) throws {
        source = try ManifestSource(path: path)
        var runs: [String: (examples: [Int], probes: [Int])] = [:]
        for (index, item) in source.items.enumerated() {
            switch (item.columns["run"], item.columns["role"]) {
            case (let run?, "example"): runs[run, default: ([], [])].examples.append(index)
            case (let run?, "probe"): runs[run, default: ([], [])].probes.append(index)
            default:
                throw DataError(
                    path: path, line: index + 2,
                    message: "needs the columns run and role, and a role of example or probe")
            }
        }
        let isWhole = runs.values.allSatisfy { !$0.examples.isEmpty && !$0.probes.isEmpty }
        guard isWhole, Set(runs.values.map(\.examples.count)).count == 1 else {
            throw DataError(path: path, message: "every run needs examples, equally many, and a probe")
        }
        self.runs = runs.keys.sorted().compactMap { runs[$0] }
    }

    /// What guessing attains: one example in N.
    public func chance() throws -> NamedValue {
        let scores = try ScoreMatrix(values: Array(repeating: 0, count: exampleCount), galleryCount: exampleCount)
        return named(try scores.oneShotAccuracy(correctItems: [0]).name, 1 / Double(exampleCount))
    }

    /// N, the same in all runs.
    private var exampleCount: Int { runs[0].examples.count }

    private func named(_ name: String, _ value: Double) -> NamedValue {
        NamedValue(name: "\(name) over \(runs.count) runs", value: value)
    }

    /// The share of probes over all runs that are nearest to the example of their class.
    public func accuracy(_ model: EmbeddingModel) throws -> NamedValue {
        let embeddings = try model.embeddings(of: source, indices: Array(source.items.indices))
        var name = ""
        var correct = 0.0
        var count = 0
        for run in runs {
            let scores = try Scoring.matrix(
                embeddings.rows(Tensor(run.probes)), embeddings.rows(Tensor(run.examples)))
            let labels = run.examples.map { source.items[$0].label }
            let answers = try run.probes.map { probe in
                guard let answer = labels.firstIndex(of: source.items[probe].label) else {
                    throw DataError(
                        path: source.place(of: source.items[probe]),
                        message: "has a label without an example in its run")
                }
                return answer
            }
            let accuracy = try ScoreMatrix(values: scores.reals(), galleryCount: run.examples.count)
                .oneShotAccuracy(correctItems: answers)
            name = accuracy.name
            correct += accuracy.value * Double(run.probes.count)
            count += run.probes.count
        }
        return named(name, correct / Double(count))
    }
}
