import AngularMargin
import Foundation
import Testing
import Torch

@Suite struct RegularizerTests {
    /// From the formulas, with loops.
    private func expected(_ regularizer: Regularizer, _ weights: [[Double]], labels: [Int]) -> Double {
        let chosen = regularizer == .hypersphericalEnergy ? Set(labels).sorted() : Array(weights.indices)
        let count = Double(chosen.count)
        var sum = 0.0
        for i in chosen {
            var nearest = -2.0
            for j in chosen where j != i {
                let c = dot(weights[i], weights[j]) / (length(weights[i]) * length(weights[j]))
                nearest = max(nearest, c)
                switch regularizer {
                case .exclusive: sum += pow(max(0, c), 2) / count
                case .exclusiveSigned: sum += c / count
                case .exclusiveScaled: sum += pow((c + 1) / 2, 2) / (count * (count - 1))
                case .regularFace: break
                case .hypersphericalEnergy: sum += pow(acos(c), -2) / (count * (count - 1))
                }
            }
            if regularizer == .regularFace { sum += nearest / count }
        }
        return sum
    }

    @Test(arguments: Regularizer.allCases) func valueAndGradient(_ regularizer: Regularizer) throws {
        let labels = [0, 3, 3, 5]
        for (seed, size) in [(2, 2), (6, 3), (7, 5)].enumerated() {
            let rows = Problem.random(batch: 1, classes: size.0, dimension: size.1, seed: UInt64(85 + seed)).weights
            let present = labels.filter { $0 < size.0 } + [1]
            let weights = try Problem.tensor(rows).requireGradient()
            let value = try regularizer.value(weights: weights, labels: Tensor(present))
            #expect(try abs(value.item() - expected(regularizer, rows, labels: present)) < 1e-13)
            let found = try gradient(of: value, withRespectTo: weights).reals()
            let h = 1e-5
            let differences = rows.indices.flatMap { i in
                rows[i].indices.map { k in
                    func at(_ step: Double) -> Double {
                        var moved = rows
                        moved[i][k] += step
                        return expected(regularizer, moved, labels: present)
                    }
                    return (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h)
                }
            }
            #expect(distance(found, differences) < 1e-9 * max(1, length(differences)))
        }
    }

    @Test(arguments: Regularizer.allCases) func degenerateRows(_ regularizer: Regularizer) throws {
        let rows: [[Double]] = [[1, 0], [2, 0], [-1, 0], [0, 0], [0, 1]]
        for count in 1...5 {
            for type in [ScalarType.float32, .float64] {
                let weights = try Problem.tensor(Array(rows[..<count])).to(type).detached().requireGradient()
                let value = try regularizer.value(weights: weights, labels: Tensor(Array(0..<count)))
                #expect(try value.isFinite().all() && gradient(of: value, withRespectTo: weights).isFinite().all())
                if count == 1 { #expect(try value.item() == 0) }
            }
        }
    }

    /// L = (1 − λ) L_angular + λ L_inter for the exclusive ones, L + λ R for the others.
    @Test func inTheLoss() throws {
        let problem = Problem.random(batch: 5, classes: 4, dimension: 3, seed: 88)
        let plain = try HeadPreset.named("arcface").head().evaluated(problem).output.loss.item()
        for (name, share) in [("exclusive", 0.7), ("exclusive-scaled", 0.7), ("regularface", 1), ("mhe", 1)] {
            let head = try HeadPreset.named("arcface").head(["regularizer": .word(name), "regularizer_weight": 0.3])
            let output = try head.evaluated(problem).output
            let penalty = try #require(output.penalties.first)
            #expect(penalty.name == name && penalty.weight == 0.3)
            #expect(try abs(output.loss.item() - share * plain - 0.3 * penalty.value.item()) < 1e-12)
        }
    }
}
