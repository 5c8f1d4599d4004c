import AngularMargin
import Foundation
import Testing
import Torch

/// ElasticFace's margins, read off the logits of its cosine variant: m = cos θ − z/s.
@Suite struct NormalMarginTests {
    private func margins(_ plus: Bool, count: Int, sigma: Double = 0.05) throws -> (
        margins: [Double], cosines: [Double]
    ) {
        var problem = Problem.random(batch: count, classes: 2, dimension: 4, seed: 71)
        problem.labels = problem.labels.map { _ in 0 }
        let head = try HeadPreset.named("elasticface")
            .head(["variant": "cos", "plus": plus ? true : false, "s": 2, "sigma": .number(sigma)])
        let output = try head.evaluated(problem).output
        let logits = try #require(output.logits).reals()
        let cosines = try output.targetCosines.reals()
        return (cosines.indices.map { cosines[$0] - logits[2 * $0] / 2 }, cosines)
    }

    @Test func theyAreNormal() throws {
        let drawn = try margins(false, count: 4000).margins
        let mean = drawn.reduce(0, +) / 4000
        let deviation = (drawn.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 4000).squareRoot()
        #expect(abs(mean - 0.35) < 4 * 0.05 / 4000.0.squareRoot())
        #expect(abs(deviation - 0.05) < 0.003)
        let within = drawn.count { abs($0 - 0.35) < 0.05 }
        #expect(abs(Double(within) / 4000 - 0.6827) < 0.03)
    }

    @Test func plusGivesTheHardestSamplesTheLargest() throws {
        let (plain, sorted) = try (margins(false, count: 50), margins(true, count: 50))
        #expect(distance(plain.margins.sorted(), sorted.margins.sorted()) < 1e-12)
        let byCosine = zip(sorted.cosines, sorted.margins).sorted { $0.0 > $1.0 }.map(\.1)
        #expect(byCosine == byCosine.sorted())
        #expect(plain.margins != sorted.margins)
    }

    @Test func gradientsAreThoseOfTheMarginsDrawn() throws {
        let problem = Problem.random(batch: 6, classes: 3, dimension: 4, seed: 72)
        let elastic = try HeadPreset.named("elasticface").head(["s": 8, "variant": "cos"]).evaluated(problem)
        let cosines = try elastic.output.targetCosines.reals()
        let logits = try #require(elastic.output.logits).reals()
        let drawn = problem.labels.enumerated().map { cosines[$0] - logits[3 * $0 + $1] / 8 }
        let head = Head(scale: .constant(8), target: AdditiveCosineMargin(.perSample(try Tensor(drawn))))
        let same = try head.evaluated(problem)
        #expect(distance(elastic.features, same.features) < 1e-13)
        #expect(distance(elastic.weights, same.weights) < 1e-13)
    }

    @Test func defaultsDependOnVariantAndPlus() throws {
        func numbers(_ values: [String: HeadParameterValue]) throws -> [Double] {
            let arguments = try HeadPreset.named("elasticface").arguments(values)
            return [arguments.number("m"), arguments.number("sigma")]
        }
        #expect(try numbers([:]) == [0.5, 0.05])
        #expect(try numbers(["plus": true]) == [0.5, 0.0175])
        #expect(try numbers(["variant": "cos"]) == [0.35, 0.05])
        #expect(try numbers(["variant": "cos", "plus": true]) == [0.35, 0.02])
    }
}
