import ArgumentParser
import Datasets
import Experiments
import Gallery

struct GalleryCreate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Make an empty gallery for a model.",
        discussion: """
            "Nobody" is an answer at a stated false positive identification rate: the share of searches for strangers \
            that name somebody. It is measured by searching for strangers: the development identities of the model's \
            run, or a folder of pictures of people who will not be enrolled (--cohort). The rate asked for needs at \
            least 30 of their pictures for each false positive: 3,000 for 1 %. The threshold is derived again whenever \
            the gallery changes.

            EXAMPLES:
              margin gallery create faces.gallery --model runs/faces
              margin gallery create faces.gallery --model runs/faces --cohort strangers/ --fpir 0.01 --pooling apart
            """)

    @Argument(help: "The file to make.")
    var gallery: String

    @Option(help: "The model folder, or the run folder around it, that embeds every picture.")
    var model: String

    @Option(
        help:
            "mean: one direction for each person, that of the samples' mean; apart: a person scores as the best sample."
    )
    var pooling: Pooling = .mean

    @Option(help: "A folder of strangers: of pictures, or of a folder for each person.")
    var cohort: String?

    @Flag(help: "Take no strangers; there is no threshold then, and no \"nobody\".")
    var noCohort = false

    @Option(
        help:
            "The false positive identification rate; if none, 0.01 or the lowest that the strangers support.")
    var fpir: Double?

    @Flag(help: "Allow a rate that so few strangers cannot support.")
    var allowUnsupported = false

    @Option(help: "cpu, cuda, cuda:1 or mps.")
    var device = "cpu"

    @OptionGroup var data: DataOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        try checkRate(fpir)
        if noCohort, cohort != nil { throw ValidationError("--cohort and --no-cohort exclude one another") }
    }

    func run() throws {
        FileLimit.becomesAnError()
        let strangers: GalleryCreation.Cohort =
            noCohort ? .none : cohort.map { .folder($0) } ?? .development(data.roots)
        let line = ProgressLine()
        let made = try GalleryCreation(
            path: gallery, model: model, pooling: pooling, cohort: strangers, rate: fpir,
            allowsUnsupportedRate: allowUnsupported, device: device
        ) { done, total in line.show("embedded strangers", done, of: total) }
        line.clear()
        for failure in made.failures { Output.note("passed over: \(failure)") }
        if output.json {
            try Output.json(made)
        } else {
            print("made \(gallery) for \(made.settings.model): \(made.settings.pooling.sentence)")
            print("strangers: \(made.strangers), \(made.strangerCount) pictures")
        }
        if !made.failures.isEmpty { throw ExitCode.failure }
    }
}
