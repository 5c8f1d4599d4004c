import AngularMargin
import Foundation
import Models
import Torch

/// How far pictures lie from their own class's weights and from the nearest other class's, as angles.
struct ClassAngles {
    /// In radians, of each picture.
    let own: [Double]
    let nearest: [Double]

    /// - Parameters:
    ///   - features: [N, d].
    ///   - labels: the class of each row.
    /// - Returns: `nil` where there is one row of weights alone.
    init?(_ features: Tensor, labels: [Int], classifier: Classifier) throws {
        guard classifier.weight.size(0) > 1 else { return nil }
        let cosine = ClassDecision(similarity: .cosine, scale: .constant(1))
        let cosines = try withoutGradients {
            try cosine.logits(features: features.to(.float64), weights: classifier.weight.to(.cpu).to(.float64)).reals()
        }
        let count = classifier.weight.size(0)
        func angle(_ cosine: Double) -> Double { acos(min(1, max(-1, cosine))) }
        own = labels.enumerated().map { angle(cosines[$0 * count + $1]) }
        nearest = labels.enumerated().map { row, label in
            angle((0..<count).reduce(-1) { $1 == label ? $0 : max($0, cosines[row * count + $1]) })
        }
    }
}
