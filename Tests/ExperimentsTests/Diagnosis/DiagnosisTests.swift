import Foundation
import Testing

@testable import Experiments

@Suite struct DiagnosisTests {
    @Test func everythingNeededIsLookedAt() throws {
        let diagnosis = Diagnosis()
        let names = diagnosis.findings.map(\.name)
        #expect(names.contains("libtorch") && names.contains("picture libraries") && names.contains("GPU"))
        let pictures = try #require(diagnosis.findings.first { $0.name == "picture libraries" })
        #expect(pictures.isFine && pictures.remedy == nil)
        #expect(diagnosis.findings.allSatisfy { !$0.found.isEmpty && ($0.isFine || $0.remedy != nil) })
        #expect(try JSONEncoder().encode(diagnosis).count > 100)
    }

    @Test func programsRunAndFail() throws {
        #expect(try Subprocess.run(["echo", "a b"]) == "a b\n")
        let error = #expect(throws: Subprocess.Failure.self) { try Subprocess.run(["ls", "/no such place"]) }
        #expect("\(try #require(error))".contains("no such place"))
        #expect(throws: (any Error).self) { try Subprocess.run(["no-such-program-anywhere"]) }
    }
}
