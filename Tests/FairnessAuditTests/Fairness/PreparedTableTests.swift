import Foundation
import Tables
import Testing
import Torch

@testable import FairnessAudit

@Suite struct PreparedTableTests {
    private static let text = """
        age,job,sex,city,income
        20,clerk,f,x,low
        30,smith,m,x,high
        40,clerk,f,x,high
        50,smith,m,x,low
        ?,smith,m,x,low
        60,baker,f,x,high
        """

    private func table(_ text: String = Self.text) throws -> Table {
        try Table.parse(text, name: "t.csv", format: .csv)
    }

    private func task(_ change: (inout AuditTask) -> Void = { _ in }) -> AuditTask {
        var task = AuditTask(label: "income", positive: "high", sensitive: ["sex"])
        task.excluded = ["city"]
        task.clippingNorm = 1
        task.holdout = 0.4
        change(&task)
        return task
    }

    private func message(_ text: String = Self.text, _ change: (inout AuditTask) -> Void) -> String {
        do {
            _ = try PreparedTable(table(text), task: task(change))
            return ""
        } catch {
            return "\(error)"
        }
    }

    @Test func rowsBecomeFeatures() throws {
        let full = try table()
        let scaling = try Scaling(centre: 40, scale: 10, column: "age")
        let prepared = try PreparedTable(
            full,
            task: task {
                $0.clippingNorm = 100
                $0.constantFeature = 2
                $0.standardization = .given(["age": scaling])
            })
        #expect(prepared.encoder.featureNames == ["age", "job=baker", "job=clerk", "job=smith", "(constant)"])
        #expect(prepared.droppedCount == 1)
        #expect(prepared.training.rowCount == 3 && prepared.heldOut.isPositive.count == 2)
        #expect(try prepared.encoder.encode(full, rows: [0, 5]).reals() == [-2, 0, 1, 0, 2, 2, 1, 0, 0, 2])
    }

    @Test func rowsAreClippedBeforeTheConstant() throws {
        let prepared = try PreparedTable(
            table(),
            task: task {
                $0.clippingNorm = 2
                $0.constantFeature = 3
            })
        let features = try prepared.training.features.reals()
        for row in 0..<prepared.training.rowCount {
            let norm = features[row * 5..<row * 5 + 4].reduce(0) { $0 + $1 * $1 }.squareRoot()
            #expect(abs(norm - 2) < 1e-12 && norm <= 2)
            #expect(features[row * 5 + 4] == 3)
        }
    }

    @Test func mistakesAreNamedWithTheirRemedy() {
        #expect(message { $0.label = "incme" }.contains("did you mean “income”"))
        #expect(message { $0.positive = "rich" }.contains("its values are “high”, “low”"))
        #expect(message { $0.sensitive = ["sx"] }.contains("did you mean “sex”"))
        #expect(message { $0.sensitive = ["city"] }.contains("has one value only"))
        #expect(message { $0.excluded = [] }.contains("“city” has the same value in every row"))
        #expect(message { $0.excluded = ["town"] }.contains("no column “town”"))
        #expect(message { $0.excluded = ["city", "age", "job"] }.contains("no column is left"))
        #expect(message { $0.holdout = 1 }.contains("must lie between 0 and 1"))
        #expect(message { $0.sensitive = [] }.contains("no sensitive column"))
        #expect(
            message("age,sex,income,city\n?,f,high,1\n3,m,?,2\n") { _ in }.contains("every one of the 2 rows lacks"))
        let oneClass = "age,sex,income,city\n1,f,high,1\n3,m,high,2\n5,m,high,1\n7,f,high,1\n"
        #expect(message(oneClass) { _ in }.contains("needs both classes"))
    }

    @Test func leaksAreWarnedAbout() throws {
        let prepared = try PreparedTable(
            table(),
            task: task {
                $0.clippingNorm = nil
                $0.standardization = .fitted
            })
        #expect(prepared.warnings.contains { $0.contains("clipping norm") && $0.contains("inferred") })
        #expect(prepared.warnings.contains { $0.contains("means and standard deviations") })
        let careful = try PreparedTable(table(), task: task { $0.excluded = ["city", "job"] })
        #expect(careful.warnings.count == 1 && careful.warnings[0].hasPrefix("rows that lack a value"))
    }

    @Test func agesAreCutAndSmallGroupsMerged() throws {
        let full = try table()
        let cut = try Attribute("age<=35", in: full)
        #expect(cut.groupNames == ["age<=35", "age>35"])
        #expect(cut.groups == [0, 0, 1, 1, -1, 1])
        let merged = try Attribute("job", in: full).merging(below: 2)
        #expect(merged.groupNames == ["clerk", "smith", "other"])
        #expect(merged.groups == [0, 1, 0, 1, 1, 2])
        #expect(throws: AuditError.self) { try Attribute("job<=3", in: full) }
    }

    /// An audit that compares nobody would find every bound held.
    @Test func oneGroupIsRefused() throws {
        let table = try table()
        #expect(throws: AuditError.self) { try PreparedTable(table, task: task { $0.sensitive = ["age<=200"] }) }
        #expect(throws: AuditError.self) { try PreparedTable(table, task: task { $0.clippingNorm = -1 }) }
        #expect(throws: AuditError.self) { try PreparedTable(table, task: task { $0.constantFeature = -1 }) }
    }

    @Test func aTableOfItsOwnIsMeasuredOn() throws {
        let test = try table("income,job,age,sex,city\nhigh,clerk,33,m,x\nlow,nurse,44,f,x\n")
        let prepared = try PreparedTable(table(), test: test, task: task { $0.clippingNorm = 100 })
        #expect(prepared.training.rowCount == 5)
        // A job that was not there before is none of those known.
        #expect(try prepared.heldOut.features.reals() == [33, 0, 1, 0, 44, 0, 0, 0])
    }
}
