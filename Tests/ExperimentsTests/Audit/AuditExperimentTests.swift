import Datasets
import FairnessAudit
import Foundation
import Testing
import Verification

@testable import Experiments

@Suite struct AuditExperimentTests {
    private static func inFolder(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder)
    }

    private static func experiment(_ folder: URL) throws -> AuditExperiment {
        var generator = SplitMix64(seed: 8)
        let lines = (0..<300).map { row in
            let x = NormalDraws.draw(3, using: &generator)
            return "\(x[0]),\(x[1]),\(row.isMultiple(of: 2) ? "f" : "m"),\(x[0] + 0.3 * x[2] > 0 ? "yes" : "no")"
        }
        let table = folder.appendingPathComponent("people.csv")
        try Data((["a,b,sex,hired"] + lines).joined(separator: "\n").utf8).write(to: table)
        var task = AuditTask(label: "hired", positive: "yes", sensitive: ["sex"])
        task.clippingNorm = 1
        var experiment = AuditExperiment(table: table.path, task: task)
        experiment.epsilons = [1, 10]
        experiment.drawCount = 200
        return experiment
    }

    @Test func anAuditGivesItsReportItsPlotsAndItsNumbers() throws {
        try Self.inFolder { folder in
            var experiment = try Self.experiment(folder)
            experiment.tolerance = 0.2
            let report = try experiment.run()
            #expect(report.trainingRows == 210 && report.heldOutPeople == 90)
            #expect(report.noise[0].classic != nil && report.noise[1].classic == nil)
            #expect(report.noise[1].classicReason?.contains("analytic") == true)
            #expect(report.firstToFlip.count == 1 && report.tolerance?.observed != nil)
            let out = AuditFolder(path: folder.appendingPathComponent("out").path)
            try out.write(report)
            let measures = try String(contentsOfFile: out.path + "/measures.csv", encoding: .utf8).split(
                separator: "\n")
            let count = report.effects[0].measures.count + report.effects[0].gaps.count
            #expect(measures.count == 1 + 2 * count)
            #expect(measures[0].split(separator: ",").count == AuditFolder.columns.count)
            let table = try CommaSeparatedRows.rows(
                of: Array(Data(contentsOf: URL(fileURLWithPath: out.path + "/measures.csv"))), path: "measures.csv")
            #expect(table.allSatisfy { $0.cells.count == AuditFolder.columns.count })
            let plots = try FileManager.default.contentsOfDirectory(atPath: out.plots)
            #expect(plots.contains("margins-sex.svg") && plots.contains("change-sex-accuracy-parity.svg"))
            let page = try String(contentsOfFile: out.page, encoding: .utf8)
            // The banner is the first thing after the title, and said again at the end.
            let banner = try #require(page.range(of: AuditReport.banner))
            #expect(try banner.lowerBound < #require(page.range(of: "<main")).lowerBound)
            #expect(
                page.contains("class=\"notice warning\" role=\"alert\"") && page.contains("Not private: publish only"))
            for measure in report.effects[0].measures where measure.name.hasSuffix("− all") {
                let quantile = String(format: ", %.2f", measure.changeQuantile * 100)
                #expect(page.contains(measure.name) && page.contains(quantile))
            }
            #expect(page.contains(report.firstToFlip[0].reason.replacing("<", with: "&lt;")))
            let json = try Data(contentsOf: URL(fileURLWithPath: out.path + "/audit.json"))
            let object = try JSONSerialization.jsonObject(with: json) as? [String: Any]
            #expect((object?["banner"] as? String)?.contains("not private") == true)
        }
    }

    @Test func coefficientsFromElsewhereGiveTheSameAudit() throws {
        try Self.inFolder { folder in
            var experiment = try Self.experiment(folder)
            let fitted = try experiment.run()
            let rows = zip(fitted.model.featureNames, fitted.model.coefficients).map { "\($0),\($1)" }.reversed()
            let file = folder.appendingPathComponent("model.csv")
            try Data((["feature,coefficient"] + rows).joined(separator: "\n").utf8).write(to: file)
            experiment.coefficients = file.path
            #expect(throws: AuditError.self) { try experiment.run() }
            experiment.sensitivity = fitted.sensitivity
            let loaded = try experiment.run()
            #expect(loaded.model == fitted.model && loaded.gradientNorm == nil)
            #expect(loaded.effects[0].measures[0].change == fitted.effects[0].measures[0].change)
        }
    }

    @Test func aSecondReleaseSaysWhatIsSpent() throws {
        try Self.inFolder { folder in
            var experiment = try Self.experiment(folder)
            let ledger = folder.appendingPathComponent("releases.jsonl").path
            let first = folder.appendingPathComponent("a.json").path
            #expect(throws: AuditError.self) { try experiment.release(to: first, ledger: ledger) }
            experiment.epsilons = [1]
            let made = try experiment.release(to: first, ledger: ledger)
            #expect(made.earlierCount == 0 && abs(made.spent.epsilon - 1) < 1e-6)
            #expect(throws: AuditError.self) { try experiment.release(to: first, ledger: ledger) }
            let second = try experiment.release(to: folder.appendingPathComponent("b.json").path, ledger: ledger)
            #expect(second.earlierCount == 1 && second.spent.epsilon > 1.3)
            #expect(second.release.coefficients != made.release.coefficients)
            experiment.task.standardization = .fitted
            #expect {
                try experiment.release(to: folder.appendingPathComponent("c.json").path, ledger: ledger)
            } throws: { "\($0)".contains("leaks") }
            // One that is made all the same says so itself.
            let leaking = try experiment.release(
                to: folder.appendingPathComponent("c.json").path, ledger: ledger, allowsLeaks: true)
            #expect(
                made.release.leaks.isEmpty
                    && leaking.release.leaks == ["the scaling of columns was inferred from the data"])
            let line = try String(contentsOfFile: ledger, encoding: .utf8).split(separator: "\n")[0]
            try line.replacing(/"noiseRatio":[^,}]*/, with: "\"noiseRatio\":0").appending("\n")
                .write(toFile: ledger, atomically: true, encoding: .utf8)
            #expect {
                try experiment.release(
                    to: folder.appendingPathComponent("d.json").path, ledger: ledger, allowsLeaks: true)
            } throws: { "\($0)".contains("line 1 is no record of a release") }
        }
    }

    @Test func parametersAreRefusedBeforeTheTableIsRead() {
        func message(_ change: (inout AuditExperiment) -> Void) -> String {
            let task = AuditTask(label: "l", positive: "p", sensitive: ["s"])
            var experiment = AuditExperiment(table: "absent.csv", task: task)
            change(&experiment)
            do {
                _ = try experiment.run()
                return ""
            } catch {
                return "\(error)"
            }
        }
        #expect(message { $0.epsilons = [0] }.contains("epsilon is 0.0"))
        #expect(message { $0.delta = 0 }.contains("delta is 0.0"))
        #expect(message { $0.delta = 1 }.contains("delta is 1.0"))
        #expect(message { $0.mechanism = .classic }.contains("use the analytic mechanism"))
        #expect(message { $0.epsilons = [] }.contains("no epsilon"))
        #expect(message { $0.epsilons = [1, 10, 1] }.contains("given twice"))
        #expect(message { $0.tolerance = 2 }.contains("the tolerance is 2.0"))
        #expect(
            message { ($0.tolerance, $0.mechanism, $0.epsilons) = (0.1, .classic, [0.5]) }.contains(
                "leave the classic mechanism out"))
        #expect(message { $0.failure = 1 }.contains("failure probability"))
        #expect(message { $0.drawCount = 3 }.contains("too few"))
        #expect(message { _ in }.hasPrefix("absent.csv: cannot be opened"))
    }
}
