import ArgumentParser
import Experiments

struct Embed: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write the embeddings of pictures.",
        discussion: """
            Takes files and folders (searched for pictures). A .safetensors file holds `embeddings` [N, d] and \
            the paths in its metadata; beside a .npy file [N, d] the paths are written to a .txt file, one per \
            line. Rows have length 1. A picture that cannot be read is named, the others are embedded, and the \
            command ends with 1.

            EXAMPLES:
              margin embed runs/digits photos/ --output photos.safetensors
              margin embed runs/digits a.png b.png --json
            """)

    @Argument(help: "A model folder, or the run folder around it.")
    var model: String

    @Argument(help: "Pictures, or folders of pictures.")
    var inputs: [String]

    @Option(help: "The file to write, .safetensors or .npy.")
    var output: String?

    @Option(help: "cpu, cuda, cuda:1 or mps.")
    var device = "cpu"

    @Flag(help: "Print the embeddings as JSON on standard output.")
    var json = false

    func validate() throws {
        guard let output else { return }
        if !output.hasSuffix(".safetensors") && !output.hasSuffix(".npy") {
            throw ValidationError("--output ends with .safetensors or .npy, not “\(output)”")
        }
    }

    func run() throws {
        if let output { try EmbeddingRun.checkWritable(output) }
        let line = ProgressLine()
        let result = try EmbeddingRun(model: model, inputs: inputs, device: device) { done, total in
            line.show("embedded", done, of: total)
        }
        line.clear()
        for failure in result.failures { Output.note("passed over: \(failure)") }
        if let output {
            try result.write(to: output)
            Output.note("wrote \(result.paths.count) embeddings of \(result.size) dimensions to \(output)")
        }
        if json || output == nil { try Output.json(result.records()) }
        if !result.failures.isEmpty { throw ExitCode.failure }
    }
}
