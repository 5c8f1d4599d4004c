import Foundation
import Models
import Torch
import Verification

/// The trials of a list, scored: every item is embedded once.
public struct TrialScoring: Sendable {
    /// The score of each trial: a cosine, or what normalisation made of it.
    public let scores: [Double]
    /// The trials with their scores, in VoxCeleb's form: label, enrolled, test, score.
    public let text: String

    /// - Parameters:
    ///   - path: a model, or a file of embeddings with names.
    ///   - list: a trial list of VoxCeleb, OpenSphere or Kaldi, or LFW's pairs.
    ///   - root: the folder that paths are relative to.
    ///   - templates: a list of what makes up the templates that the trials name, where they name templates.
    ///   - normalization: how the scores are normalised; not at all if not given.
    /// - Throws: ``/Verification/TrialFileError`` where a trial names something unknown, and what the model and the
    ///   pictures refuse.
    public init(
        model path: String, trials list: String, root: String, templates: String? = nil,
        normalization: ScoreNormalization? = nil, device: String = "cpu", progress: (Int, Int) -> Void = { _, _ in }
    ) throws {
        let trials = try TrialPairs(list)
        let template = try templates.map(TemplateList.init)
        let supply = try EmbeddingSupply(path, device: device)
        var embeddings = try supply.embeddings(
            of: template?.files ?? trials.items, in: templates ?? list, root: root, progress: progress)
        if let template { embeddings = try template.vectors(of: trials.items, embeddings: embeddings, in: list) }
        var scores = try Scoring.scores(of: trials.list(), embeddings: embeddings)
        var comment = "cosines of \(path)" + (templates.map { ", templates of \($0)" } ?? "")
        if let normalization {
            let cohort = try normalization.vectors(from: supply, root: root, progress: progress)
            scores = try normalization.normalized(
                scores, of: trials, embeddings: embeddings, cohort: cohort)
            comment += ", \(normalization.sentence(cohortCount: cohort.size(0)))"
        }
        self.scores = scores
        text = trials.text(scores: scores, comment: comment)
    }
}
