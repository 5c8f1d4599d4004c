import Foundation

@testable import Verification

/// Scores of a classifier that is mostly right: normal, with more for the own class.
struct ToyClassifier {
    var classCount = 5
    var sampleCount = 60
    var advantage = 1.5
    /// Rounds scores to multiples, so that many tie.
    var step: Float?
    /// Samples per group; none for independent samples.
    var groupSize: Int?
    /// How much of a sample's noise it shares with its group.
    var sharedNoise = 0.0

    func scores(seed: UInt64) throws -> ClassScores {
        var generator = SplitMix64(seed: seed)
        var labels: [Int] = []
        var values: [Float] = []
        var shared: [Double] = []
        for sample in 0..<sampleCount {
            let startsGroup = sample % (groupSize ?? 1) == 0
            // A group is of one class, as the frames of one track are.
            labels.append(startsGroup ? generator.next(below: classCount) : labels[sample - 1])
            if startsGroup { shared = (0..<classCount).map { _ in normal(&generator) } }
            for index in 0..<classCount {
                let own = (1 - sharedNoise * sharedNoise).squareRoot() * normal(&generator)
                let value = Float(
                    own + sharedNoise * shared[index] + (index == labels[sample] ? advantage : 0))
                values.append(step.map { (value / $0).rounded() * $0 } ?? value)
            }
        }
        let samples =
            try groupSize.map { size in
                try LabelledSamples(
                    labels: labels, classCount: classCount, groups: labels.indices.map { "track \($0 / size)" })
            } ?? LabelledSamples(labels: labels, classCount: classCount)
        return try ClassScores(values, of: samples)
    }

    private func normal(_ generator: inout SplitMix64) -> Double {
        let radius = (-2 * log(Double.random(in: Double.leastNormalMagnitude..<1, using: &generator))).squareRoot()
        return radius * cos(2 * .pi * Double.random(in: 0..<1, using: &generator))
    }
}
