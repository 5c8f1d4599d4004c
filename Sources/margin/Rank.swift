import ArgumentParser
import Experiments

struct Rank: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure embeddings by their labels: retrieval, identification, all pairs.",
        discussion: """
            Reads what margin embed wrote, or any .safetensors or .npy file [N, d]; rows are compared by cosine. Labels \
            are the folders of the paths in the file, or come from a list: one label per line in the order of the \
            rows, or path and label (a manifest serves).

            Alone, every row is searched for among all others: Recall@K, R-precision, MAP@R, ranks. With --gallery \
            every row is a probe searched for in it: rank-K identification of those who are in the gallery, and \
            TPIR@FPIR where some are not. With --templates rows are pooled into templates first, as \
            in IJB-B and IJB-C. Items that tie are ordered by lot. With --all-pairs, TAR at the false \
            accept rates of --far over all comparisons, streamed: a hundred thousand rows need no more than a \
            product at a time. Embeddings in a run folder are test data: the look is written into its ledger.

            EXAMPLES:
              margin rank photos.safetensors
              margin rank test.npy --labels test-labels.txt --depth 1,5,10 --json
              margin rank probes.npy --labels p.csv --gallery gallery.npy --gallery-labels g.csv --fpir 0.01,0.1
              margin rank ijb.safetensors --labels subjects.csv --templates probes.csv --gallery ijb.safetensors \
                --gallery-labels subjects.csv --gallery-templates gallery.csv --fpir 0.01
              margin rank photos.safetensors --all-pairs --far 1e-3,1e-6
            """)

    @Argument(help: "Embeddings, .safetensors or .npy: the probes.")
    var embeddings: String

    @Option(help: "Their labels; the folders of their paths if not given.")
    var labels: String?

    @Option(help: "Embeddings to search in; the probes themselves if not given.")
    var gallery: String?

    @Option(help: "The labels of the gallery.")
    var galleryLabels: String?

    @Option(help: "A list of template, media and file: templates are the probes, pooled as IJB-B and IJB-C have it.")
    var templates: String?

    @Option(help: "The same for the gallery.")
    var galleryTemplates: String?

    @Option(help: "Depths K of recall and ranks of identification, parted by commas; 1,5,10 if not given.")
    var depth: String?

    @Option(help: "False positive identification rates, parted by commas; 0.01,0.1 if not given.")
    var fpir: String?

    @Flag(help: "Measure verification over all comparisons instead.")
    var allPairs = false

    @Option(help: "False accept rates for --all-pairs, parted by commas; 1e-3,1e-4 if not given.")
    var far: String?

    @OptionGroup var output: OutputOptions

    func validate() throws {
        for (option, value) in [("labels", galleryLabels), ("templates", galleryTemplates)]
        where value != nil && gallery == nil {
            throw ValidationError("--gallery-\(option) needs --gallery")
        }
        if allPairs {
            for (option, value) in [("--depth", depth), ("--fpir", fpir)] where value != nil {
                throw ValidationError("\(option) is for searching; leave it out with --all-pairs")
            }
        } else if far != nil {
            throw ValidationError("--far is for --all-pairs; the rates of searching are --fpir")
        }
        guard try depths().allSatisfy({ $0 > 0 }) else { throw ValidationError("--depth takes numbers from 1 on") }
        _ = try (falsePositiveRates(), falseAcceptRates())
    }

    func run() throws {
        let (probes, own) = try EmbeddingFile.labelled(embeddings, labels: labels, templates: templates)
        let others = try gallery.map {
            try EmbeddingFile.labelled($0, labels: galleryLabels, templates: galleryTemplates)
        }
        if allPairs {
            let line = ProgressLine()
            let rates = try ComparisonRates(
                probes: probes, labels: own, gallery: others, falseAcceptRates: falseAcceptRates()
            ) { done, total in line.show("compared", done, of: total) }
            line.clear()
            try recordLook()
            return output.json ? try Output.json(rates) : print(RankTable.text(rates))
        }
        let ranking = try EmbeddingRanking(
            probes: probes, labels: own, gallery: others, depths: depths(),
            falsePositiveRates: falsePositiveRates())
        try recordLook()
        output.json ? try Output.json(ranking) : print(RankTable.text(ranking))
    }

    private func recordLook() throws {
        let settings = ["verb": "rank", "gallery": gallery ?? "", "all pairs": "\(allPairs)"]
        guard let look = try TestLedger(around: embeddings)?.record(data: embeddings, settings: settings) else {
            return
        }
        Output.note(look.sentence)
    }

    private func falsePositiveRates() throws -> [Double] { try (fpir ?? "0.01,0.1").rates(of: "--fpir") }

    private func falseAcceptRates() throws -> [Double] { try (far ?? "1e-3,1e-4").rates(of: "--far") }

    private func depths() throws -> [Int] {
        try (depth ?? "1,5,10").listed.map { text in
            guard let depth = Int(text) else {
                throw ValidationError("--depth takes whole numbers parted by commas, such as 1,5,10; “\(text)” is none")
            }
            return depth
        }
    }
}
