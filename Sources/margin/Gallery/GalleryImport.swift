import ArgumentParser
import Experiments

struct GalleryImport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Add embeddings from safetensors, with their names from CSV.",
        discussion: """
            Takes what `margin gallery export` writes: `embeddings` [N, d], and beside it a .csv file of N rows with \
            the column `name`, and `source` if there is one. All of it is added, or nothing.

            EXAMPLES:
              margin gallery import faces.gallery old.safetensors
            """)

    @Argument(help: "The gallery.")
    var gallery: String

    @Argument(help: "The file to read, .safetensors.")
    var file: String

    @OptionGroup var known: KnownNameOptions

    @Flag(help: "Take embeddings whose file does not say which model made them.")
    var trustModel = false

    @OptionGroup var output: OutputOptions

    func run() throws {
        FileLimit.becomesAnError()
        let change = try GalleryChange.importing(
            file, into: gallery, knownNames: known.knownNames, trustsModel: trustModel)
        try GalleryText.report(change, "added \(GalleryText.pictures(change.samples))", json: output.json)
    }
}
