import Datasets
import Foundation
import Models
import Torch
import Verification

/// What a search among embeddings finds, by their labels.
///
/// Without a gallery every row is searched for among all others: retrieval. With one, every row is a probe that is
/// searched for in the gallery: retrieval, identification of those who are in it (closed set), and, where some are not,
/// identification that must also say so (open set).
public struct EmbeddingRanking: Encodable, Sendable {
    public let probes: String
    public let gallery: String?
    public let probeCount: Int
    public let galleryCount: Int
    /// Rows with nothing of their label to find, which retrieval leaves out and open-set identification needs.
    public let withoutMateCount: Int
    public let figures: [NamedValue]

    /// Ranks, with depths of recall and identification, and rates of false positive identification.
    public init(
        probes file: EmbeddingFile, labels: [String], gallery: (file: EmbeddingFile, labels: [String])? = nil,
        depths: [Int], falsePositiveRates: [Double]
    ) throws {
        let items = gallery?.file ?? file
        guard items.embeddings.size(1) == file.embeddings.size(1) else {
            throw DataError(
                path: items.path,
                message: "has embeddings of \(items.embeddings.size(1)) dimensions, \(file.path) of "
                    + "\(file.embeddings.size(1)); both must come from one model")
        }
        let (numbers, itemNumbers) = Self.numbered(labels, gallery?.labels)
        var queries = [RankedQuery?](repeating: nil, count: labels.count)
        var searches = [SearchedProbe?](repeating: nil, count: labels.count)
        let isSelf = gallery == nil
        try queries.withUnsafeMutableBufferPointer { queries in
            try searches.withUnsafeMutableBufferPointer { searches in
                // Every row is written by one thread alone.
                nonisolated(unsafe) let (queries, searches) = (queries, searches)
                try Scoring.forEachRow(file.embeddings, against: items.embeddings) { row, scores in
                    queries[row] = RankedQuery(
                        scores: scores, label: numbers[row], itemLabels: itemNumbers, excluded: isSelf ? row : nil)
                    if !isSelf {
                        searches[row] = SearchedProbe(scores: scores, label: numbers[row], itemLabels: itemNumbers)
                    }
                }
            }
        }
        let retrieval = try Retrieval(queries)
        var figures =
            depths.map { retrieval.recall(at: $0) }
            + [
                retrieval.rPrecision(), retrieval.meanAveragePrecisionAtR(), retrieval.medianRank(),
                retrieval.meanRank(),
            ]
        if !isSelf {
            let test = try IdentificationTest(searches.compactMap(\.self), galleryCount: itemNumbers.count)
            figures += depths.map { test.identificationRate(rank: $0) }
            if test.nonMatedCount > 0 {
                for rate in falsePositiveRates {
                    figures += try depths.map { try test.truePositiveRate(atFalsePositiveRate: rate, rank: $0) }
                }
            }
        }
        probes = file.path
        self.gallery = gallery?.file.path
        probeCount = labels.count
        galleryCount = itemNumbers.count
        withoutMateCount = retrieval.skippedCount
        self.figures = figures
    }

    private static func numbered(_ labels: [String], _ others: [String]?) -> ([UInt32], [UInt32]) {
        var numbers: [String: UInt32] = [:]
        func number(_ label: String) -> UInt32 {
            if let number = numbers[label] { return number }
            let number = UInt32(numbers.count)
            numbers[label] = number
            return number
        }
        let own = labels.map(number)
        return (own, others.map { $0.map(number) } ?? own)
    }
}
