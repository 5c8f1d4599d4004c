import ArgumentParser
import Experiments

struct GalleryMerge: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge",
        abstract: "Add what other galleries of the same model hold.",
        discussion: """
            Each is added whole or not at all, and stays as it is.

            EXAMPLES:
              margin gallery merge faces.gallery entrance.gallery garage.gallery
            """)

    @Argument(help: "The gallery to add to.")
    var gallery: String

    @Argument(help: "The galleries to add.")
    var others: [String]

    @OptionGroup var known: KnownNameOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        FileLimit.becomesAnError()
        let change = try GalleryChange.merging(others, into: gallery, knownNames: known.knownNames)
        try GalleryText.report(change, "added \(GalleryText.pictures(change.samples))", json: output.json)
    }
}
