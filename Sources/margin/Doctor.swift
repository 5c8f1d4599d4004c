import ArgumentParser
import Experiments

struct Doctor: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Say what is installed and missing, or what is wrong with a recipe's data and how long it will train.",
        discussion: """
            With a recipe, reads every picture once: names those that cannot be used, counts sizes and identities, \
            finds equal files and pictures that look alike on two sides of the split, and measures a few real steps. \
            Nothing is written.

            Exit codes: 0 when all is well, 2 when a recipe's data have problems, 1 when something is missing or the \
            recipe cannot be opened.

            EXAMPLES:
              margin doctor
              margin doctor Recipes/digits.yaml
              margin doctor my.yaml --set training.batch=128 --json
            """)

    @Argument(help: "A recipe to check; without one, the installation.")
    var recipe: String?

    @OptionGroup var changes: RecipeOptions
    @OptionGroup var data: DataOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        guard let recipe else { return try checkInstallation() }
        let line = ProgressLine()
        let check = try RecipeCheck(
            Recipe(RecipeDocument(path: recipe, settings: changes.settings())), roots: data.roots,
            progress: { stage, done, total in
                switch stage {
                case .pictures: line.show("picture", done, of: total)
                case .timing: line.show("measuring steps: \(done) of \(total) measurements")
                }
            })
        line.clear()
        if output.json {
            try Output.json(check)
        } else {
            print(RecipeCheckText(check).text)
        }
        if !check.isFine { throw ExitCode(2) }
    }

    private func checkInstallation() throws {
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
