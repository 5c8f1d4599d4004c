import Foundation
import TestSupport
import Testing
import Training

@testable import Experiments

@Suite struct ComparisonTests {
    private let place: Workplace

    init() throws {
        place = try Workplace()
        try place.folder.write("toy.yaml", ToyRecipe.text)
    }

    private func plan(_ heads: String = "softmax,arcface:s=16", _ change: (inout ComparisonPlan) -> Void = { _ in })
        throws
        -> ComparisonPlan
    {
        var plan = ComparisonPlan(
            recipe: place.folder("toy.yaml"), systems: try ComparedSystem.all(heads: heads, axes: []))
        plan.seedCount = 2
        plan.settingCount = 2
        plan.drawCount = 100
        change(&plan)
        return plan
    }

    private func comparison(_ plan: ComparisonPlan) throws -> Comparison {
        try Comparison(plan, data: place.folder.path, results: place.folder("Results"), runs: place.runs)
    }

    /// Runs in this process; false when stopped.
    @discardableResult
    private func run(_ plan: ComparisonPlan, stop: StopSignal = StopSignal(), after count: Int = .max) throws -> Bool {
        let done = Mutex(0)
        return try comparison(plan).run(jobs: 1, stop: stop) { run in
            try run.carryOut() != nil
        } observer: { event in
            guard case .finished = event else { return }
            if done.increased() >= count { stop.request() }
        }
    }

    private func tables(reference: String? = nil) throws -> [ComparisonTable] {
        try ComparisonTables(
            file: StudyFile(results: place.folder("Results"), study: "compare-toy"),
            runs: place.folder("runs/compare-toy"), reference: reference
        ).tables()
    }

    private func json(_ tables: [ComparisonTable]) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(tables), as: UTF8.self)
    }

    @Test func classifiersAreComparedByTheirClasses() throws {
        try place.folder.write("toy.yaml", ToyRecipe.classification)
        #expect(try run(plan("softmax,virtual-softmax") { $0.includesGiven = false }))
        let rows = try StudyFile(results: place.folder("Results"), study: "compare-toy").rows()
        #expect(
            Set(rows.filter { $0.run.stage == .search }.map(\.metric)) == [
                "error rate[top 1]", "log loss[natural logarithm, softmax of the scores]",
            ])
        let table = try #require(try tables().first)
        #expect(table.metric.hasPrefix("accuracy") && table.rows.map(\.system) == ["softmax", "virtual-softmax"])
        #expect(table.metrics.contains { $0.hasPrefix("within-class angle") })
        #expect(table.rows[1].difference != nil)
        // What is chosen had the fewest errors on development data, and of equal ones the lowest loss.
        for system in ["softmax", "virtual-softmax"] {
            let tried = rows.filter { $0.run.stage == .search && $0.run.system == system }
            let best = Dictionary(grouping: tried, by: \.run.settings).min { first, second in
                let values = [first, second].map { part in
                    ["error rate", "log loss"].map { name in
                        part.value.first { $0.metric.hasPrefix(name) }?.value ?? .infinity
                    }
                }
                return (values[0][0], values[0][1]) < (values[1][0], values[1][1])
            }
            let chosen = try #require(rows.first { $0.run.stage == .chosen && $0.run.system == system })
            #expect(best?.key.hasPrefix(chosen.run.settings) == true)
        }
    }

    @Test func aStudyEndsWithItsTables() throws {
        #expect(try run(plan()))
        let rows = try StudyFile(results: place.folder("Results"), study: "compare-toy").rows()
        // 2 systems × 2 settings, then 2 systems × 2 seeds with chosen settings and as many as given.
        let runs = Set(rows.map(\.run))
        #expect(
            [StudyRow.Stage.search, .chosen, .given].map { stage in runs.count { $0.stage == stage } } == [4, 4, 4])
        #expect(runs.count == 12)
        #expect(rows.filter { $0.run.stage == .search }.allSatisfy { $0.subset == StudyRow.development })
        #expect(rows.filter { $0.run.stage == .search }.allSatisfy { $0.run.settings.hasSuffix("training.epochs=1") })
        // Test sets are looked at once.
        let ledgers = try place.folder.names(in: "runs/compare-toy").filter {
            place.folder.has("runs/compare-toy/\($0)/ledger.jsonl")
        }
        #expect(ledgers.count == 8)
        for name in ledgers {
            #expect(try TestLedger(run: place.folder("runs/compare-toy/\(name)")).looks().count == 1)
        }

        let tables = try tables()
        #expect(tables.map(\.stage) == [.chosen, .given] && tables.allSatisfy { $0.reference == "softmax" })
        let arc = try #require(tables[0].rows.first { $0.system == "arcface s=16" })
        #expect(arc.seeds == [1, 2] && arc.collapses.isEmpty && arc.figures.map(\.metric).count == 3)
        let difference = try #require(arc.difference)
        let values = tables[0].rows.map { $0.figures[0].mean }
        #expect(abs(difference.value - (values[1] - values[0])) < 1e-6 && difference.seedCount == 2)
        #expect(difference.lower <= difference.value && difference.value <= difference.upper)
        #expect(tables[0].verdicts.count == 1 && tables[0].verdicts[0].contains("noise"))

        // The file alone gives the same tables.
        let before = try json(tables)
        try FileManager.default.removeItem(atPath: place.runs)
        #expect(try json(self.tables()) == before)
        #expect(
            message { try self.tables(reference: "cosface") }?.contains("the study has softmax, arcface s=16") == true)
    }

    @Test func aStudyThatWasInterruptedGoesOnToTheSameTables() throws {
        #expect(try run(plan()))
        let whole = try json(tables())
        try FileManager.default.removeItem(atPath: place.runs)
        try FileManager.default.removeItem(atPath: place.folder("Results"))

        for _ in 0..<2 { #expect(try !run(plan(), after: 5)) }
        #expect(try run(plan()))
        #expect(try json(tables()) == whole)
        // Nothing is left to do.
        let launched = Mutex(0)
        #expect(
            try comparison(plan()).run(jobs: 1) { _ in
                _ = launched.increased()
                return true
            } observer: { _ in
            })
        #expect(launched.value == 0)
    }

    /// A process that is killed between the end of a run and its line in the file loses nothing.
    @Test func finishedRunsThatAreNotInTheFileAreTakenUp() throws {
        #expect(try run(plan { $0.settingCount = 0 }))
        let whole = try json(tables())
        try FileManager.default.removeItem(atPath: place.folder("Results"))
        #expect(
            try comparison(plan { $0.settingCount = 0 }).run(jobs: 1) { _ in
                Issue.record("nothing is to be trained again")
                return false
            } observer: { _ in
            })
        #expect(try json(tables()) == whole)
    }

    @Test func aFileOfAnotherRecipeIsRefused() throws {
        let given = try plan { $0.settingCount = 0 }
        #expect(try run(given))
        let before = try place.folder.text("Results/compare-toy.csv")
        // What is compared may change, and what is run of it.
        _ = try comparison(plan("cosface:s=16") { $0.seedCount = 3 })
        var other = given
        other.settings = ["training.batch=12"]
        let text = try #require(message { try comparison(other) })
        #expect(text.contains("was made with another recipe"))
        #expect(text.contains("training.batch is 12 and was 8") && text.contains("--study NAME"), "\(text)")
        #expect(try place.folder.text("Results/compare-toy.csv") == before)
        try place.folder.write("people/p0/9.png", Toy.picture(identity: 0, number: 9).pngData())
        #expect(message { try comparison(given) }?.contains("another recipe or other data") == true)
    }

    /// What cannot be read must not be taken for nothing, and written over.
    @Test func aFileThatCannotBeReadIsRefused() throws {
        try place.folder.write("Results/study.csv/inside", "")
        let file = StudyFile(path: place.folder("Results/study.csv"))
        #expect(message { try file.rows() }?.contains("cannot be read") == true)
        #expect(message { try file.append([]) }?.contains("cannot be read") == true)
    }

    @Test func aFileThatIsNoStudyIsRefused() throws {
        try place.folder.write("Results/compare-toy.csv", "study,value\na,1\n")
        #expect(message { try comparison(plan()) }?.contains("compare-toy.csv:1: has no column “dataset”") == true)
        let header = StudyRow.columns.joined(separator: ",")
        try place.folder.write("Results/compare-toy.csv", "\(header)\ns,toy,1,a,1,EER,all,nan,,given,,f\n")
        #expect(message { try comparison(plan()) }?.contains("compare-toy.csv:2: value is “nan”") == true)
    }

    /// A rate that drives the loss out of bounds: a result, by name, and not the end of the study.
    @Test func aRunThatBreaksDownCountsAsChance() throws {
        let broken = try plan { plan in
            plan.systems = [
                ComparedSystem(name: "calm", settings: []),
                ComparedSystem(
                    name: "wild",
                    settings: [
                        "training.learning_rate=1000", "training.weight_decay=1", "network.batch_normalization=false",
                        "training.epochs=40",
                    ]),
            ]
            plan.settingCount = 0
            plan.seedCount = 1
        }
        #expect(try run(broken))
        let table = try #require(try tables().first)
        let wild = try #require(table.rows.first { $0.system == "wild" })
        #expect(wild.collapses.count == 1 && wild.collapses[0].hasPrefix("fold 1, seed 1: "))
        #expect(wild.figures.map(\.mean) == [0.5, 0.1, 0.01] && wild.runCount == 1)
        #expect(table.rows[0].collapses.isEmpty)
    }

    @Test func whatIsWrongShowsBeforeAnythingIsTrained() throws {
        let noDevelopment = try plan {
            $0.settings = ["data.split.development=0", "data.split.train=0.5", "data.split.test=0.5"]
        }
        #expect(message { try comparison(noDevelopment) }?.contains("no set called development") == true)
        let key = try plan("arcface:margin=0.3")
        #expect(message { try comparison(key) }?.contains("head.margin") == true)
        let folds = try plan { $0.folds = ["a/1.csv", "b/1.csv"] }
        #expect(message { try comparison(folds) }?.contains("names two files 1;") == true)
        #expect(message { try plan("arcface:m=/") }?.contains("names no value of m") == true)
        #expect(!place.folder.has("Results") && !place.folder.has("runs"))
    }
}

/// A counter for any thread.
private final class Mutex: @unchecked Sendable {
    private let lock = NSLock()
    private var count: Int

    init(_ count: Int) {
        self.count = count
    }

    func increased() -> Int {
        lock.withLock {
            count += 1
            return count
        }
    }

    var value: Int { lock.withLock { count } }
}
