import Datasets
import Foundation
import TestSupport
import Testing
import Training

@testable import Experiments

@Suite struct CriticalStudyTests {
    private let place: Workplace

    init() throws {
        place = try Workplace()
    }

    private func plan(_ classes: String..., change: (inout CriticalPlan) -> Void = { _ in }) throws -> CriticalPlan {
        var plan = CriticalPlan(recipe: try place.folder.write("toy.yaml", ToyRecipe.critical), classes: classes)
        plan.settingCount = 1
        plan.seedCount = 2
        plan.drawCount = 100
        change(&plan)
        return plan
    }

    private func study(_ plan: CriticalPlan) throws -> CriticalStudy {
        try CriticalStudy(plan, data: place.folder.path, results: place.folder("Results"), runs: place.runs)
    }

    /// Runs in this process; the number of runs that were trained, and whether all were.
    @discardableResult
    private func run(_ plan: CriticalPlan, stopAfter count: Int = .max) throws -> (trained: Int, isComplete: Bool) {
        let stop = StopSignal()
        let done = Tally()
        let targets = try study(plan).run(jobs: 1, stop: stop) { run in
            if done.increased() >= count { stop.request() }
            return try run.carryOut() != nil
        } observer: { _ in
        }
        return (done.value, targets != nil)
    }

    private func json(_ plan: CriticalPlan) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(study(plan).tables()), as: UTF8.self)
    }

    @Test func aStudyEndsWithItsTables() throws {
        let plan = try plan("worst", "p3") { $0.tolerance = 1 }
        let outcome = try run(plan)
        #expect(outcome.isComplete)
        let rows = try study(plan).file.rows()
        let runs = Set(rows.map(\.run))
        func systems(_ stage: StudyRow.Stage) -> Set<String> { Set(runs.filter { $0.stage == stage }.map(\.system)) }
        #expect(runs.count { $0.stage == .ranking } == 2 && systems(.ranking) == ["CE"])
        let targets = try study(plan).targets()
        #expect(targets.last?.name == "p3" && targets[0].role == .worst)
        for name in ["CE", "ArcFace"]
            + targets.flatMap({ ["CAMRI \($0.name)", "WCE \($0.name)", "CE + bias \($0.name)"] })
        {
            #expect(systems(.search).contains(name), "\(name)")
        }
        // Development alone chooses; test data are looked at once, and never by a bias.
        #expect(rows.filter { $0.run.stage != .chosen }.allSatisfy { $0.subset == StudyRow.development })
        for name in try place.folder.names(in: "runs/critical-toy")
        where place.folder.has("runs/critical-toy/\(name)/ledger.jsonl") {
            #expect(name.contains("-chosen-"))
            #expect(try TestLedger(run: place.folder("runs/critical-toy/\(name)")).looks().count == 1)
        }

        let tables = try study(plan).tables()
        #expect(tables.map(\.target) == targets.flatMap { [$0, $0] })
        for table in tables {
            #expect(table.rows.map(\.method) == CriticalMethod.allCases)
            let baseline = try #require(table.row(.crossEntropy))
            #expect(baseline.seeds == [1, 2] && baseline.figures.map(\.rate) == CriticalRate.allCases)
            for figure in baseline.figures {
                let items = try #require(figure.overItems)
                #expect(figure.overSeeds != nil && items.lower <= items.upper && (0...1).contains(figure.mean))
            }
            // A tolerance of everything leaves no dash.
            if table.tolerance == 1 { #expect(table.rows.allSatisfy { $0.setting != nil }) }
            for row in table.rows where row.method != .crossEntropy && row.setting != nil {
                let gain = try #require(row.recallGain)
                let means = try [row, baseline].map { try #require($0.figure(.recall)).mean }
                #expect(abs(gain.value - (means[0] - means[1])) < 1e-5 && gain.lower <= gain.upper)
                #expect((row.shifted != nil) == (row.method != .shifted))
            }
            #expect(!table.verdicts.isEmpty && table.cells.allSatisfy { $0.count == table.header.count })
        }
        // CE's figures are those of its runs.
        let recall = rows.filter {
            $0.run.system == "CE" && $0.run.stage == .chosen && $0.metric == "recall[p3]" && $0.subset == "test"
        }
        let shown = try #require(tables.last?.row(.crossEntropy)?.figure(.recall))
        #expect(recall.count == 2 && abs(shown.mean - (recall[0].value + recall[1].value) / 2) < 1e-12)

        let page = try String(contentsOfFile: study(plan).writePage(), encoding: .utf8)
        #expect(page.contains("Every setting on validation data") && page.contains("CE + bias"))
        #expect(place.folder.has("runs/critical-toy/plots/validation-p3.svg"))

        // The file alone gives the same tables.
        let before = try json(plan)
        try FileManager.default.removeItem(atPath: place.runs)
        #expect(try json(plan) == before)
    }

    @Test func aStudyThatWasInterruptedGoesOnToTheSameTables() throws {
        let plan = try plan("worst") { $0.foldCount = 2 }
        let whole = try run(plan)
        #expect(whole.isComplete)
        let tables = try json(plan)
        try FileManager.default.removeItem(atPath: place.runs)
        try FileManager.default.removeItem(atPath: place.folder("Results"))

        var trained = 0
        for _ in 0..<3 {
            let part = try run(plan, stopAfter: 4)
            #expect(!part.isComplete)
            trained += part.trained
        }
        let rest = try run(plan)
        #expect(rest.isComplete && trained + rest.trained == whole.trained)
        #expect(try json(plan) == tables)
        #expect(try run(plan).trained == 0)
    }

    @Test func severalClassesTogetherAreOneTarget() throws {
        let plan = try plan("p1", "p2") {
            $0.isTogether = true
            $0.tolerance = 0
        }
        #expect(try run(plan).isComplete)
        let tables = try study(plan).tables()
        #expect(tables.map(\.target.name) == ["p1 + p2"])
        let rows = try study(plan).file.rows().filter {
            $0.run.system == "CE" && $0.run.stage == .chosen && $0.subset == "test"
        }
        func mean(_ metric: String) -> Double {
            let values = rows.filter { $0.metric == metric }.map(\.value)
            return values.reduce(0, +) / Double(values.count)
        }
        let recall = try #require(tables[0].row(.crossEntropy)?.figure(.recall))
        #expect(abs(recall.mean - (mean("recall[p1]") + mean("recall[p2]")) / 2) < 1e-12)
    }

    @Test func whatIsWrongShowsBeforeAnythingIsTrained() throws {
        func complaint(_ plan: CriticalPlan) -> String { message { try study(plan) } ?? "none" }
        #expect(
            try complaint(plan("p33")).hasPrefix("--class p33: the training set has no such class; did you mean p3?"))
        #expect(
            try complaint(plan("p1") { $0.settings = ["task=verification"] }).contains("its task is verification"))
        #expect(
            try complaint(
                plan("p1") {
                    $0.settings = ["data.split.development=0", "data.split.train=0.5", "data.split.test=0.5"]
                }
            ).contains("no set called development; name one in data.split, or validate on folds"))
        let all = (0..<8).map { "p\($0)" }
        var together = try plan("p1") { $0.isTogether = true }
        together.classes = all
        #expect(complaint(together).contains("--together with all 8 classes leaves none"))
        // θ + m leaves what any angle can be.
        #expect(try complaint(plan("p1") { $0.grid.margins = [4] }).contains("head.m"))
        #expect(!place.folder.has("Results") && !place.folder.has("runs"))
    }

    @Test func aClassThatCannotBeMeasuredIsNamed() throws {
        let lines = (0..<2).flatMap { person in
            (0..<6).map { number in
                let set = number < 4 ? "train" : number < 5 ? "development" : "test"
                return "people/p\(person)/\(number).png,p\(person),\(person == 1 && number == 5 ? "" : set)"
            }
        }
        try place.folder.write("list.csv", (["path,label,split"] + lines).joined(separator: "\n"))
        let listed = ["data={path: list.csv}"]
        #expect(
            message { try study(plan("p1") { $0.settings = listed }) }
                == "--class p1: the set test has no sample of it, so that its recall there is unknown")
        let alone = (["path,label,split"] + lines.filter { $0.contains(",p0,") }).joined(separator: "\n")
        try place.folder.write("list.csv", alone)
        #expect(message { try study(plan("p0") { $0.settings = listed }) }?.contains("at least two") == true)
    }

    @Test func aStudyOfOtherClassesIsRefused() throws {
        try run(plan("p1") { $0.seedCount = 1 })
        #expect(message { try run(plan("p2") { $0.seedCount = 1 }) }?.contains("have not measured p2") == true)
        #expect(message { try study(plan("p2")).tables() } != nil)
    }

    /// Runs that were validated on folds and runs that were not have no common mean.
    @Test func otherFoldsAreRefused() throws {
        try run(plan("p3") { $0.foldCount = 2 }, stopAfter: 1)
        #expect(message { try study(plan("p3")) }?.contains("was validated with --folds 2") == true)
        #expect(message { try study(plan("p3") { $0.foldCount = 3 }) }?.contains("--study NAME") == true)
    }
}

/// A counter for any thread.
private final class Tally: @unchecked Sendable {
    private let lock = NSLock()
    private var count = 0

    func increased() -> Int {
        lock.withLock {
            count += 1
            return count
        }
    }

    var value: Int { lock.withLock { count } }
}
