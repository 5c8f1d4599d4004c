import Datasets
import Foundation
import Models
import Networks
import Reports

/// What was run on what: read from the files of a run folder, of which any may be missing.
struct RunFacts {
    let facts: [Page.Fact]
    /// Identities and pictures of each set.
    let counts: PageTable?

    init(folder: RunFolder, recipe: Recipe, model: String, kind: RunPage.Kind) {
        let record = try? folder.readRecord()
        let log = TrainingDuration(log: FileManager.default.contents(atPath: folder.log) ?? Data())
        var facts: [Page.Fact] = [
            .init("Recipe", URL(fileURLWithPath: recipe.file).lastPathComponent + ", seed \(recipe.seed)"),
            .init("Head", recipe.head.brief), .init("Network", model),
            .init(
                "Data",
                recipe.data.path
                    + (record.map { ", \($0.data.samples) pictures, fingerprint \($0.data.fingerprint)" } ?? "")),
        ]
        if log.steps > 0 {
            facts.append(
                .init(
                    "Training",
                    "\(log.steps) steps in \(PageText.duration(log.seconds)), measurements included"
                        + (record.map { $0.sessions.count > 1 ? ", in \($0.sessions.count) sessions" : "" } ?? "")))
        }
        if let session = record?.sessions.last {
            facts += [
                .init("Begun", PageDate.text(record?.sessions.first?.began ?? session.began)),
                .init("Trained on", Self.machine(session.surroundings)),
                .init("Versions", Self.versions(session.surroundings)),
            ]
        }
        if case .evaluation(let surroundings, let seconds) = kind {
            facts.append(
                .init(
                    "Evaluated",
                    "\(PageDate.text(Date())), in \(PageText.duration(seconds)), on \(Self.machine(surroundings))"))
            if surroundings.angularMargin != record?.sessions.last?.surroundings.angularMargin {
                facts.append(.init("Evaluated with", Self.versions(surroundings)))
            }
        }
        self.facts = facts
        counts = Self.counts(folder, of: recipe.task.labels.capitalized)
    }

    private static func machine(_ surroundings: Surroundings) -> String {
        "\(surroundings.processor), \(surroundings.threads) threads, \(surroundings.device)"
    }

    private static func versions(_ surroundings: Surroundings) -> String {
        "AngularMargin \(surroundings.angularMargin), libtorch \(surroundings.libtorch), Swift \(surroundings.swift), "
            + surroundings.system
    }

    private static func counts(_ folder: RunFolder, of labels: String) -> PageTable? {
        guard let data = FileManager.default.contents(atPath: folder.data),
            let fingerprint = try? JSONDecoder().decode(DataFingerprint.self, from: data)
        else { return nil }
        return PageTable(
            caption: "Data", columns: ["Set", .number(labels), .number("Pictures")],
            rows: fingerprint.parts.map(\.set).distinct().map { name in
                let parts = fingerprint.parts.filter { $0.set == name }
                return [
                    .text(name), PageTable.count(parts.count),
                    PageTable.count(parts.reduce(0) { $0 + $1.samples }),
                ]
            })
    }
}

/// How long training took, by the log: each step says how many seconds its session had run.
struct TrainingDuration {
    private(set) var steps = 0
    private(set) var seconds = 0.0

    init(log: Data) {
        struct Row: Decodable {
            let event: String
            let step: Int?
            let seconds: Double?
        }
        var last = 0.0
        for line in log.split(separator: UInt8(ascii: "\n")) {
            guard let row = try? JSONDecoder().decode(Row.self, from: line), row.event == "step", let step = row.step,
                let now = row.seconds
            else { continue }
            // The clock of a session starts at 0.
            if now < last { seconds += last }
            last = now
            steps = step
        }
        seconds += last
    }
}

extension EmbeddingModel {
    /// The number of learned numbers of the network.
    var parameterCount: Int { backbone.parameterCount }

    /// The network in a few words.
    var networkSummary: String { Experiments.networkSummary(description, parameterCount: parameterCount) }
}

/// A network in a few words.
func networkSummary(_ network: NetworkDescription, parameterCount: Int?) -> String {
    "\(network.name), \(network.settings.embedding) dimensions"
        + (parameterCount.map { ", \(PageText.whole($0)) parameters" } ?? "")
}
