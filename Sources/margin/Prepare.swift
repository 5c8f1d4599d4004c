import ArgumentParser
import Experiments

struct Prepare: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Fetch or unpack a data set and write its manifest.",
        discussion: """
            Writes data/<name>/manifest.csv (path, label, group, split and further columns) and the pictures \
            it lists, if they are not there.

            DATA SETS:
            \(Preparation.all.map { "  \($0.name): \($0.summary)" }.joined(separator: "\n"))

            EXAMPLES:
              margin prepare digits
              margin prepare omniglot_small --data ~/datasets
            """)

    @Argument(help: "The data set's name.")
    var name: String

    @Option(help: "The folder to write into.")
    var into = "data"

    @OptionGroup var data: DataOptions

    @OptionGroup var output: OutputOptions

    func run() throws {
        let folder = try Preparation.named(name).run(into: into, roots: data.roots, note: Output.note)
        if output.json {
            try Output.json(["folder": folder])
        } else {
            print(folder)
        }
    }
}
