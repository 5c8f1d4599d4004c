import AngularMargin
import Foundation
import Testing
import Torch

@Suite struct HeadStateTests {
    private let problem = Problem.random(batch: 6, classes: 4, dimension: 3, seed: 61)

    private func output(
        _ preset: String, _ values: [String: HeadParameterValue] = [:], state: HeadState? = nil, updating: Bool = true
    ) throws -> HeadOutput {
        let (features, weights, labels) = try problem.tensors()
        return try HeadPreset.named(preset).head(values).evaluate(
            features: features, weights: weights, labels: labels, state: state, updatingState: updating)
    }

    @Test func mostHeadsRememberNothing() throws {
        #expect(try output("arcface").state.names.isEmpty)
        #expect(try output("a-softmax", ["lambda": 2]).state.names.isEmpty)
    }

    @Test func theTargetCosineMovesBeforeItIsUsed() throws {
        let mean = try output("normface").targetCosines.mean().item()
        let updated = try output("curricularface", ["alpha": 0.25, "t": 0.5])
        #expect(abs(updated.state[.t] - (0.25 * mean + 0.75 * 0.5)) < 1e-14)
        let fixed = try output("curricularface", state: updated.state, updating: false)
        #expect(try fixed.loss.item() == updated.loss.item() && fixed.state == updated.state)
    }

    @Test func theNormsMomentsAreUnbiasedAndClipped() throws {
        let norms = problem.features.map { length($0) }
        let mean = norms.reduce(0, +) / 6
        let deviation = (norms.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 5).squareRoot()
        let state = try output("adaface", ["alpha": 0.1]).state
        #expect(abs(state[.mean] - (0.1 * mean + 0.9 * 20)) < 1e-12)
        #expect(abs(state[.std] - (0.1 * deviation + 0.9 * 100)) < 1e-12)

        // One sample has no spread, and a norm of 500 counts as 100.
        let head = try HeadPreset.named("adaface").head(["alpha": 1])
        let single = try head.evaluate(
            features: Tensor([300.0, 400], shape: [1, 2]), weights: Tensor([1.0, 0, 0, 1], shape: [2, 2]),
            labels: Tensor([0]), updatingState: true)
        #expect(single.state[.mean] == 100 && single.state[.std] == 0)
        #expect(try single.loss.isFinite().all())
    }

    @Test func annealingFollowsTheSteps() throws {
        var state = try HeadPreset.named("a-softmax").head().initialState
        #expect(state[.step] == 0)
        for step in 0..<3 {
            let lambda = max(5, 1000 / (1 + 0.12 * Double(step)))
            let annealed = try output("a-softmax", state: state)
            let fixed = try output("a-softmax", ["lambda": .number(lambda)])
            #expect(try abs(annealed.loss.item() - fixed.loss.item()) < 1e-13)
            state = annealed.state
        }
        #expect(state[.step] == 3)
        state[.step] = 1e6
        let late = try output("a-softmax", state: state).loss.item()
        #expect(try abs(late - output("a-softmax", ["lambda": 5]).loss.item()) < 1e-13)
    }

    @Test func drawsFollowFromSeedAndStep() throws {
        var state = try HeadPreset.named("elasticface").head().initialState
        let first = try output("elasticface", state: state)
        #expect(try output("elasticface", state: state).loss.item() == first.loss.item())
        #expect(try output("elasticface", state: state, updating: false).state == state)
        #expect(first.state[.step] == 1)
        #expect(try output("elasticface", state: first.state).loss.item() != first.loss.item())
        state[.seed] = 7
        #expect(try output("elasticface", state: state).loss.item() != first.loss.item())
    }

    /// What a checkpoint holds is enough to go on as if nothing had happened.
    @Test(arguments: ["curricularface", "adaface", "elasticface", "a-softmax", "arcface"])
    func aResumedHeadGoesOn(_ name: String) throws {
        let values: [String: HeadParameterValue] = name == "arcface" ? ["sample_rate": 0.5] : [:]
        func make(seed: UInt64) throws -> MarginHead {
            try MarginHead(
                HeadPreset.named(name).head(values), classCount: 8, featureCount: 3, generator: Generator(seed: seed))
        }
        let features = try Tensor.normal([6, 3], generator: Generator(seed: 9))
        let labels = try Tensor([0, 3, 3, 7, 1, 0])
        let head = try make(seed: 1)
        for _ in 0..<3 { _ = try head(features, labels: labels) }
        let names = head.buffers.map(\.name)
        #expect(names.allSatisfy { $0.hasPrefix("state.") } && !names.isEmpty)
        let saved = try Dictionary(
            uniqueKeysWithValues: head.tensors.map { ($0.name, try $0.tensor.detached().cloned()) })

        let continued = try (0..<3).map { _ in try head(features, labels: labels).loss.item() }
        let resumed = try make(seed: 2)
        try resumed.load(saved)
        #expect(try (0..<3).map { _ in try resumed(features, labels: labels).loss.item() } == continued)
        #expect(try resumed.state == head.state)
    }

    @Test func lookingAtALossMovesNothing() throws {
        let head = try MarginHead(
            HeadPreset.named("curricularface").head(), classCount: 4, featureCount: 3, generator: Generator(seed: 3))
        let before = try head.state
        _ = try head.expectedFirstLoss(generator: Generator(seed: 4))
        let (features, _, labels) = try problem.tensors(.float32)
        _ = try head(features, labels: labels, remembering: false)
        #expect(try head.state == before)
        _ = try head(features, labels: labels)
        #expect(try head.state != before)
    }

    @Test func headsOfOneRunDrawDifferently() throws {
        let head = try HeadPreset.named("elasticface").head()
        let generator = try Generator(seed: 5)
        let seeds = try (0..<3).map { _ in
            try MarginHead(head, classCount: 2, featureCount: 2, generator: generator).state[.seed]
        }
        #expect(Set(seeds).count == 3 && seeds.allSatisfy { $0 >= 1 && $0 == $0.rounded() })
    }
}
