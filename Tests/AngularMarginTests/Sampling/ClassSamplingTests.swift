import AngularMargin
import Testing
import Torch

@Suite struct ClassSamplingTests {
    @Test(arguments: [(0.1, [5, 5, 99]), (0.5, [0]), (0.01, [1, 2, 3, 4]), (1, [7])] as [(Double, [Int])])
    func ownClassesAndOthersUpToTheRate(rate: Double, labels: [Int]) throws {
        let sampling = ClassSampling(rate: rate)
        let classes = try sampling.classes(labels: labels, classCount: 100, generator: Generator(seed: 1))
        #expect(classes.count == max(Int(rate * 100), Set(labels).count))
        #expect(classes == Set(classes).sorted() && Set(labels).isSubset(of: classes))
        #expect(classes.allSatisfy { (0..<100).contains($0) })
    }

    @Test func everyOtherClassHasTheSameChance() throws {
        var counts = [Int](repeating: 0, count: 20)
        for seed in UInt64(0)..<2000 {
            for chosen in try ClassSampling(rate: 0.25).classes(
                labels: [3], classCount: 20, generator: Generator(seed: seed))
            { counts[chosen] += 1 }
        }
        #expect(counts[3] == 2000)
        // 4 of 19 others: 421 ± 18.
        #expect(counts.enumerated().allSatisfy { $0.offset == 3 || abs($0.element - 421) < 5 * 18 })
    }

    /// The sampled head is the whole head on the rows that were chosen.
    @Test(arguments: ["arcface", "uniface", "camri", "p2sgrad", "curricularface", "weighted-softmax"])
    func itIsTheHeadOfTheChosenRows(_ name: String) throws {
        let preset = try HeadPreset.named(name)
        let problem = Problem.random(batch: 4, classes: 12, dimension: 3, seed: 81)
        let (features, weights, labels) = try problem.tensors()
        let margins = try Tensor((0..<12).map { 0.02 * Double($0) })
        func context(_ values: Tensor) -> HeadContext {
            name == "weighted-softmax" ? HeadContext(classWeights: values) : HeadContext(classMargins: values)
        }
        let head = try preset.head(["sample_rate": 0.6], for: context(margins))
        let bias = head.objective.bias == .shared ? try Tensor([0.5]) : nil
        let output = try head.evaluate(features: features, weights: weights, bias: bias, labels: labels)
        let chosen: [Int] = try #require(output.classes).elements()
        #expect(chosen.count == 7 && output.logits?.shape == [4, 7] && output.similarities?.shape == [4, 7])

        let rows = try Tensor(chosen)
        let part = try weights.detached().rows(rows).requireGradient()
        let whole = try preset.head(for: context(margins.rows(rows)))
        let columns = try Tensor(problem.labels.map { chosen.firstIndex(of: $0) ?? -1 })
        let same = try whole.evaluate(features: features, weights: part, bias: bias, labels: columns)
        #expect(try abs(output.loss.item() - same.loss.item()) < 1e-13)
        #expect(try output.predictions.elements(as: Int.self) == same.predictions.elements().map { chosen[$0] })
        let found = try gradient(of: output.loss, withRespectTo: weights)
        let expected = try gradient(of: same.loss, withRespectTo: part)
        #expect(try distance(found.rows(rows).reals(), expected.reals()) < 1e-13)
        // Rows that were not chosen have no gradient.
        let norms = try found.norm([1]).reals()
        #expect((0..<12).allSatisfy { chosen.contains($0) || norms[$0] == 0 })
    }

    @Test func theDrawChangesWithTheStep() throws {
        let problem = Problem.random(batch: 2, classes: 40, dimension: 3, seed: 82)
        let (features, weights, labels) = try problem.tensors()
        let head = try HeadPreset.named("arcface").head(["sample_rate": 0.2])
        let first = try head.evaluate(features: features, weights: weights, labels: labels, updatingState: true)
        let second = try head.evaluate(
            features: features, weights: weights, labels: labels, state: first.state, updatingState: true)
        #expect(try first.classes?.elements(as: Int.self) != second.classes?.elements(as: Int.self))
    }
}
