import ArgumentParser
import Experiments

struct Identify: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say who pictures show, or that nobody in a gallery does.",
        discussion: """
            Prints for each picture the decision and the people it is most like, with cosines (higher is more alike). \
            The decision is the best match where its cosine reaches the threshold, else "nobody"; the threshold is that \
            at which a stated share of searches for strangers would name somebody, measured for the gallery as it is \
            now. A picture that cannot be read is named, the others are identified, and the command ends with 1.

            EXAMPLES:
              margin identify faces.gallery photo.jpg
              margin identify faces.gallery photos/ --top 3 --fpir 0.05 --csv > found.csv
            """)

    @Argument(help: "The gallery.")
    var gallery: String

    @Argument(help: "Pictures, or folders of pictures.")
    var inputs: [String]

    @Option(help: "How many people to list for each picture.")
    var top = 5

    @Option(help: "The false positive identification rate; that of the gallery if none is given.")
    var fpir: Double?

    @Flag(help: "Allow a rate that so few strangers cannot support.")
    var allowUnsupported = false

    @Option(help: "Where the gallery's model lies, if it was moved.")
    var model: String?

    @Option(help: "cpu, cuda, cuda:1 or mps.")
    var device = "cpu"

    @Flag(help: "Print a row for each picture and person as CSV on standard output.")
    var csv = false

    @OptionGroup var output: OutputOptions

    func validate() throws {
        try checkRate(fpir)
        if top < 1 { throw ValidationError("--top is a number of people, at least 1") }
        if csv, output.json { throw ValidationError("--csv and --json exclude one another") }
    }

    func run() throws {
        let line = ProgressLine()
        let result = try GalleryIdentification(
            gallery: gallery, inputs: inputs, count: top, rate: fpir, allowsUnsupportedRate: allowUnsupported,
            model: model, device: device
        ) { done, total in line.show("embedded", done, of: total) }
        line.clear()
        for failure in result.failures { Output.note("passed over: \(failure)") }
        if output.json {
            try Output.json(result)
        } else if csv {
            print(result.table, terminator: "")
        } else {
            for picture in result.pictures { print(GalleryText.picture(picture)) }
            Output.note(GalleryText.footnote(result))
        }
        if !result.failures.isEmpty { throw ExitCode.failure }
    }
}
