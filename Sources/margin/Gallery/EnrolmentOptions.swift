import ArgumentParser
import Experiments

/// Enrolling pictures: `margin enroll` and `margin gallery add`.
struct EnrolmentOptions: ParsableArguments {
    @Argument(help: "The gallery.")
    var gallery: String

    @Argument(help: "A folder with a folder for each person; with --name, pictures of that person.")
    var inputs: [String]

    @Option(help: "Whom the pictures show.")
    var name: String?

    @OptionGroup var known: KnownNameOptions

    @Option(help: "Where the gallery's model lies, if it was moved.")
    var model: String?

    @Option(help: "cpu, cuda, cuda:1 or mps.")
    var device = "cpu"

    @OptionGroup var output: OutputOptions

    static let discussion = """
        Every person is stored whole or not at all. People are reported when they are on the disk: they stay so, \
        whatever happens afterwards. A picture that cannot be read is named, the others are enrolled, and the command \
        ends with 1.
        """

    func run() throws {
        FileLimit.becomesAnError()
        let line = ProgressLine()
        let enrolment = try GalleryEnrolment(
            gallery: gallery, inputs: inputs, name: name, model: model, knownNames: known.knownNames, device: device
        ) { event in
            switch event {
            case .embedded(let done, let total): line.show("embedded", done, of: total)
            case .stored(let people) where !output.json:
                line.clear()
                for person in people {
                    Output.line("enrolled \(person.name): \(GalleryText.pictures(person.pictures))")
                }
            case .stored: break
            }
        }
        line.clear()
        for failure in enrolment.failures { Output.note("passed over: \(failure)") }
        for name in enrolment.missing { Output.note("not enrolled: \(name), of whom no picture could be read") }
        if output.json {
            try Output.json(enrolment)
        } else if let threshold = enrolment.threshold {
            Output.note(GalleryText.threshold(threshold))
        }
        if !enrolment.failures.isEmpty { throw ExitCode.failure }
    }
}
