import ArgumentParser
import Experiments

struct Doctor: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say what is installed, what is missing, and how to get it.",
        discussion: """
            EXAMPLES:
              margin doctor
              margin doctor --json
            """)

    @OptionGroup var output: OutputOptions

    func run() throws {
        let diagnosis = Diagnosis()
        if output.json {
            try Output.json(diagnosis)
        } else {
            for finding in diagnosis.findings {
                print("\(finding.isFine ? "✓" : "✗") \(finding.name): \(finding.found)")
                if let remedy = finding.remedy { print("  \(remedy)") }
            }
        }
        if diagnosis.findings.contains(where: { !$0.isFine }) { throw ExitCode.failure }
    }
}
