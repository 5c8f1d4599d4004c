import Datasets
import Models
import Reports
import Verification

extension PicturePairs {
    /// The mistakes that the model was surest of, each beside a picture of the class that it was taken for: the one
    /// that the model is surest of.
    ///
    /// - Returns: `nil` where there are no mistakes.
    init?(
        worstOf classified: ClassificationTest.ClassifiedSet, items: [Item], names: [String], source: any ItemSource,
        transform: PictureTransform, count: Int
    ) throws {
        let (scores, labels) = (classified.scores, classified.scores.samples.labels)
        let decided = scores.decisions.decided
        let probabilities = scores.decisionProbabilities
        let mistakes = decided.indices.filter { decided[$0] != labels[$0] }
            .sorted { (-probabilities[$0], $0) < (-probabilities[$1], $1) }.prefix(count)
        guard !mistakes.isEmpty else { return nil }
        let pairs = try mistakes.map { row in
            let taken = decided[row]
            let example = decided.indices.filter { labels[$0] == taken && decided[$0] == taken }
                .max { probabilities[$0] < probabilities[$1] }
            let left = try Picture(items[row], in: source, transform)
            return Pair(
                left, try example.map { try Picture(items[$0], in: source, transform) } ?? left,
                label: "\(names[labels[row]]) taken for \(names[taken]), \(PageText.percent(probabilities[row]))")
        }
        self.init(caption: "The mistakes the model was surest of in \(classified.set)", pairs: pairs)
    }
}
