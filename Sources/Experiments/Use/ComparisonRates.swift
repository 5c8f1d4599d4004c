import Datasets
import Models
import Verification

/// True accept rates over all comparisons of embeddings, at false accept rates as low as their number supports.
public struct ComparisonRates: Encodable, Sendable {
    /// One rate, with the threshold that has it.
    public struct Rate: Encodable, Sendable {
        public let figure: NamedValue
        /// The lowest score that is accepted.
        public let threshold: Double
        /// The false accept rate there.
        public let falseAcceptRate: Double
    }

    public let probes: String
    public let gallery: String?
    public let genuineCount: Int
    public let impostorCount: Int
    public let rates: [Rate]

    /// Compares all pairs of one file, or every row of it with every row of another.
    ///
    /// - Throws: ``/Verification/VerificationError`` where one side is empty, or more scores would have to be kept
    ///   than ``/Models/AllComparisons/largestKeptCount``.
    public init(
        probes file: EmbeddingFile, labels: [String], gallery: (file: EmbeddingFile, labels: [String])? = nil,
        falseAcceptRates: [Double], progress: (Int, Int) -> Void = { _, _ in }
    ) throws {
        let own = LabelledEmbeddings(file.embeddings, labels: labels)
        if let gallery, gallery.file.embeddings.size(1) != file.embeddings.size(1) {
            throw DataError(
                path: gallery.file.path,
                message: "has embeddings of \(gallery.file.embeddings.size(1)) dimensions, \(file.path) of "
                    + "\(file.embeddings.size(1)); both must come from one model")
        }
        let comparisons =
            try gallery.map {
                try AllComparisons(own, against: LabelledEmbeddings($0.file.embeddings, labels: $0.labels))
            } ?? AllComparisons(within: own)
        let tail = try comparisons.tail(falseAcceptRate: falseAcceptRates.max() ?? 1e-3, progress: progress)
        probes = file.path
        self.gallery = gallery?.file.path
        genuineCount = tail.genuineCount
        impostorCount = tail.impostorCount
        rates = try falseAcceptRates.sorted(by: >).map { rate in
            let point = try tail.lowestPoint(falseAcceptRateAtMost: rate)
            return Rate(
                figure: try tail.trueAcceptRate(atFalseAcceptRate: rate, .atMost), threshold: point.threshold,
                falseAcceptRate: point.falseAcceptRate)
        }
    }
}
