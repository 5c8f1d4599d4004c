import Datasets
import Foundation
import Models
import Torch
import Verification

/// How scores are normalised by a cohort of people who are in no trial.
public struct ScoreNormalization: Sendable {
    /// What is taken of the cohort.
    public enum Method: String, CaseIterable, Sendable {
        /// All of it: S-norm.
        case symmetric = "s-norm"
        /// The most similar part, for either side its own: AS-norm.
        case adaptive = "as-norm"
    }

    public let method: Method
    /// A list of files (and whose each is), or a file of embeddings.
    public let cohort: String
    /// How many of the cohort AS-norm takes.
    public let top: Int

    public init(_ method: Method, cohort: String, top: Int = 300) {
        precondition(top > 0, "at least one of the cohort")
        self.method = method
        self.cohort = cohort
        self.top = top
    }

    /// The cohort's vectors: one per person, the mean of their embeddings scaled to length 1, where the list tells
    /// whose each file is; else one per file.
    func vectors(from supply: EmbeddingSupply, root: String, progress: (Int, Int) -> Void) throws -> Tensor {
        if EmbeddingFile.isOne(cohort) {
            let file = try EmbeddingFile(cohort)
            guard let labels = try? file.labels(from: nil) else { return file.embeddings }
            return try Self.means(file.embeddings, labels)
        }
        let lines = try FieldLines(cohort)
        let hasPeople = lines.lines.allSatisfy { $0.fields.count > 1 }
        let columns = try lines.columns(hasPeople ? ["path", "label"] : ["path"])
        let embeddings = try supply.embeddings(
            of: columns.map { $0.fields[0] }, in: cohort, root: root, progress: progress)
        return hasPeople ? try Self.means(embeddings, columns.map { $0.fields[1] }) : embeddings
    }

    private static func means(_ embeddings: Tensor, _ labels: [String]) throws -> Tensor {
        let width = embeddings.size(1)
        let numbers = try embeddings.elements(as: Float.self)
        var rowOfLabel: [String: Int] = [:]
        var sums: [Float] = []
        for (row, label) in labels.enumerated() {
            let place = rowOfLabel[label] ?? rowOfLabel.count
            if rowOfLabel[label] == nil {
                rowOfLabel[label] = place
                sums += [Float](repeating: 0, count: width)
            }
            for k in 0..<width { sums[place * width + k] += numbers[row * width + k] }
        }
        return try Tensor(sums, shape: [rowOfLabel.count, width]).unitRows()
    }

    /// The scores of pairs of items, normalised from both sides.
    ///
    /// - Throws: ``/Datasets/DataError`` that names the item whose cohort scores do not spread.
    func normalized(_ scores: [Double], of trials: TrialPairs, embeddings: Tensor, cohort vectors: Tensor) throws
        -> [Double]
    {
        var moments = [Result<CohortMoments, VerificationError>?](repeating: nil, count: embeddings.size(0))
        let top = method == .adaptive ? top : nil
        try moments.withUnsafeMutableBufferPointer { moments in
            // Every item's moments are written by one thread alone.
            nonisolated(unsafe) let moments = moments
            try Scoring.forEachRow(embeddings, against: vectors) { item, scores in
                do throws(VerificationError) {
                    moments[item] = .success(try CohortMoments(cohortScores: scores.map(Double.init), top: top))
                } catch {
                    moments[item] = .failure(error)
                }
            }
        }
        let known = try zip(moments, trials.items).compactMap { moments, item in
            do {
                return try moments?.get()
            } catch {
                throw DataError(path: cohort, message: "cannot normalise the scores of “\(item)”: \(error)")
            }
        }
        return zip(scores, trials.pairs).map { score, pair in
            symmetricallyNormalized(score, enrolled: known[pair.left], test: known[pair.right])
        }
    }

    /// What was done, in words.
    func sentence(cohortCount: Int) -> String {
        let used = method == .adaptive ? "the \(min(top, cohortCount)) most similar of " : ""
        return "\(method.rawValue) by \(used)\(cohortCount) vectors of \(cohort)"
    }
}
