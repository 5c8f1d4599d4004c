import ArgumentParser
import Experiments

struct GalleryExport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write the embeddings of a gallery as safetensors, and their names as CSV.",
        discussion: """
            The file holds `embeddings` [N, d], rows of length 1, with the model's fingerprint in its metadata; the \
            table beside it has a row for each, name,source,added.

            EXAMPLES:
              margin gallery export faces.gallery faces.safetensors      and faces.csv
            """)

    @Argument(help: "The gallery.")
    var gallery: String

    @Argument(help: "The file to write, .safetensors.")
    var file: String

    func validate() throws {
        if !file.hasSuffix(".safetensors") {
            throw ValidationError("the file to write ends with .safetensors, not “\(file)”")
        }
    }

    func run() throws {
        FileLimit.becomesAnError()
        let count = try GalleryChange.exporting(gallery, to: file)
        Output.note("wrote \(count) embeddings to \(file), and their names to the .csv file beside it")
    }
}
