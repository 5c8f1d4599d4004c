import ArgumentParser
import Experiments
import Foundation

struct GalleryList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Show who is in a gallery, and what it was made for.",
        discussion: """
            EXAMPLES:
              margin gallery list faces.gallery
              margin gallery list faces.gallery --json
            """)

    @Argument(help: "The gallery.")
    var gallery: String

    @OptionGroup var output: OutputOptions

    func run() throws {
        let summary = try GallerySummary(gallery: gallery)
        if output.json { return try Output.json(summary) }
        var table = TextTable(["name", "pictures", "enrolled"])
        for identity in summary.identities {
            table.add([identity.name, "\(identity.sampleCount)", identity.added.formatted(.iso8601)])
        }
        print(table.text)
        Output.note(GalleryText.summary(summary))
    }
}
