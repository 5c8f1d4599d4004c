import ArgumentParser
import Experiments

struct GalleryRemove: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Remove people, with every trace of their embeddings.",
        discussion: """
            All of those named are removed, or nobody. What is removed is written over in the file. Copies of the \
            file, and exports, are yours to remove.

            EXAMPLES:
              margin gallery remove faces.gallery ann bob
            """)

    @Argument(help: "The gallery.")
    var gallery: String

    @Argument(help: "The names.")
    var names: [String]

    @OptionGroup var output: OutputOptions

    func run() throws {
        FileLimit.becomesAnError()
        let change = try GalleryChange.removing(names, from: gallery)
        try GalleryText.report(change, "removed \(GalleryText.pictures(change.samples))", json: output.json)
    }
}
