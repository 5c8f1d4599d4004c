import AngularMargin
import Foundation
import Testing
import Torch

@Suite struct HeadEdgeCaseTests {
    private static let types: [ScalarType] = [.float32, .float64]

    private func expectFinite(_ head: Head, _ problem: Problem, _ type: ScalarType, _ name: Comment) throws {
        let found = try head.evaluated(problem, type)
        #expect(try found.output.loss.item().isFinite, name)
        #expect((found.features + found.weights).allSatisfy { $0.isFinite }, name)
        #expect(try found.output.meanTargetAngle().isFinite, name)
    }

    /// θ_y = 0, π, π − m and a little to both sides, with c rounded to either side of ±1.
    @Test(arguments: HeadCase.all) func specialAngles(_ head: HeadCase) throws {
        let made = try head.head()
        let pi = Double.pi
        let angles: [Double] = [0, 1e-9, 1e-5, pi / 1.6, pi / 2, pi - 0.5, pi - 0.4, pi - 0.4999999, pi - 1e-5, pi]
        for angle in angles {
            for type in Self.types {
                let x = [3 * cos(angle), 3 * sin(angle), 0]
                let problem = Problem(
                    features: [x, x.map { $0 / 3 }], weights: [[0.7, 0, 0], [0, 0.1, 0.2]], labels: [0, 0])
                try expectFinite(made, problem, type, "θ = \(angle), \(type)")
            }
        }
    }

    /// At the poles an angle has no direction: what a margin adds to the gradient is 0.
    @Test(arguments: [1.0, -1]) func poleGradients(_ sign: Double) throws {
        let head = Head(scale: .constant(64), target: AdditiveAngularMargin(0.5))
        let problem = Problem(features: [[0, 2 * sign]], weights: [[0, 3]], labels: [0])
        let found = try head.evaluated(problem)
        #expect(found.features == [0, 0] && found.weights == [0, 0])
    }

    @Test(arguments: HeadCase.all) func gradientsOfGradientsAtPolesAreFinite(_ head: HeadCase) throws {
        let problem = Problem(
            features: [[0, 2, 0], [0, -2, 0], [0, 0, 0]], weights: [[0, 3, 0], [1, 0, 1]], labels: [0, 0, 1])
        let (features, weights, labels) = try problem.tensors()
        let made = try head.head()
        let bias = made.objective.bias == .shared ? try Tensor([0.5]) : nil
        let loss = try made.evaluate(features: features, weights: weights, bias: bias, labels: labels).loss
        let first = try gradients(of: [loss], withRespectTo: [features, weights], creatingGraph: true)
        let sum = try first[0].squared().sum() + first[1].squared().sum()
        for second in try gradients(of: [sum], withRespectTo: [features, weights]) {
            #expect(try second.isFinite().all())
        }
    }

    @Test(arguments: HeadCase.all) func rowsOfZeros(_ head: HeadCase) throws {
        guard head.preset != "softmax" else { return }
        var problem = Problem.random(batch: 3, classes: 4, dimension: 3, seed: 21)
        problem.features[1] = [0, 0, 0]
        problem.weights[2] = [0, 0, 0]
        problem.labels = [2, 2, 0]
        let found = try head.head().evaluated(problem)
        let cosines = try #require(found.output.similarities).reals()
        #expect(cosines[4..<8].allSatisfy { $0 == 0 } && cosines[2] == 0 && cosines[10] == 0)
        #expect(found.features[3..<6].allSatisfy { $0 == 0 } && found.weights[6..<9].allSatisfy { $0 == 0 })
        #expect((found.features + found.weights).allSatisfy { $0.isFinite })
        #expect(length(found.features) > 0)
    }

    @Test(arguments: [(1, 1), (1, 2), (5, 1), (2, 2), (9, 2), (1, 7)])
    func smallBatchesAndFewClasses(batch: Int, classes: Int) throws {
        for head in HeadCase.all {
            var problem = Problem.random(batch: batch, classes: classes, dimension: 2, seed: 22)
            // Labels at both ends, and repeated.
            problem.labels = problem.labels.indices.map { $0.isMultiple(of: 2) ? classes - 1 : 0 }
            let found = try head.head().evaluated(problem)
            let loss = head.naive.loss(problem)
            #expect(try abs(found.output.loss.item() - loss) <= 1e-11 * max(1, loss))
            if classes == 1, head.preset != "sphereface2", head.values["norm"] != "soft" {
                #expect(loss == 0 && length(found.features) == 0)
            }
        }
    }

    @Test(arguments: [1.0, 8, 64, 128, 512]) func scales(_ s: Double) throws {
        for preset in ["normface", "cosface", "arcface", "combined", "sphereface-r"] {
            let head = try HeadPreset.named(preset).head(["s": .number(s)])
            for type in Self.types {
                try expectFinite(head, .random(batch: 8, classes: 6, dimension: 4, seed: 23), type, "\(preset) \(s)")
            }
        }
    }

    /// Entries of all magnitudes, rows that are zero, equal, opposite, or multiples of one another.
    @Test(arguments: HeadCase.all) func adversarialInputs(_ head: HeadCase) throws {
        let isNormalized = head.preset != "softmax" && (head.values["norm"] ?? "hard") == "hard"
        var source = SplitMix(seed: 24)
        for round in 0..<60 {
            var problem = Problem.random(batch: 5, classes: 4, dimension: 3, seed: 1000 + UInt64(round))
            // Where norms count, the product of the largest must stay within float32.
            let exponents = isNormalized ? (-30.0, 14.9) : (-8.0, 8.0)
            for row in 0..<5 {
                let magnitude = pow(10, exponents.0 + (exponents.1 - exponents.0) * source.uniform())
                let other = problem.weights[Int(source.next() % 4)]
                switch source.next() % 5 {
                case 0: problem.features[row] = [0, 0, 0]
                case 1: problem.features[row] = other.map { $0 / length(other) * magnitude }
                case 2: problem.features[row] = other.map { -$0 / length(other) * magnitude }
                case 3: problem.features[row] = [magnitude, 0, 1 / magnitude]
                default: problem.features[row] = problem.features[row].map { $0 / 10 * magnitude }
                }
            }
            problem.features = problem.features.map { $0.map { min(1e15, max(-1e15, $0)) } }
            problem.weights[1] = problem.weights[0].map { -$0 }
            problem.weights[2] = problem.features[0]
            for type in Self.types { try expectFinite(head.head(), problem, type, "round \(round), \(type)") }
        }
    }

    /// In float32 rows count as zero below 2⁻¹⁰⁰, and have a finite gradient above.
    @Test func tinyRows() throws {
        let head = try HeadPreset.named("normface").head(["s": 512])
        for (entry, type, isZero) in [
            (0x1p-101, ScalarType.float32, true), (0x1p-99, .float32, false), (0x1p-101, .float64, false),
            (0x1p-997, .float64, true), (0x1p-995, .float64, false),
        ] {
            let problem = Problem(features: [[entry, -entry, 0]], weights: [[0, 1, 0], [1, 0, 1]], labels: [0])
            let found = try head.evaluated(problem, type)
            let cosine = try found.output.targetCosines.item()
            #expect(abs(cosine + (isZero ? 0 : 0.5.squareRoot())) < 1e-6)
            #expect(
                found.features.allSatisfy { $0.isFinite } && (length(found.features.map { $0 * entry }) == 0) == isZero)
        }
    }

    @Test func largeEntriesKeepTheirDirection() throws {
        let head = try HeadPreset.named("arcface").head()
        let small = Problem(features: [[1, 2, -0.5]], weights: [[0.5, 1, 1], [1, 0, 0]], labels: [0])
        var large = small
        large.features = [[4e14, 8e14, -2e14]]
        large.weights = [[0.5e15, 1e15, 1e15], [1e-20, 0, 0]]
        for type in Self.types {
            let losses = try [small, large].map { try head.evaluated($0, type).output.loss.item() }
            #expect(abs(losses[0] - losses[1]) < 1e-4)
        }
    }
}
