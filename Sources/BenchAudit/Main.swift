// Draws of noise over many people, beside the bare matrix product in the same tiles, taking turns.
//
//   bench-audit [PEOPLE [FEATURES [DRAWS]]]       1000000 100 1000

import FairnessAudit
import Foundation
import Torch
import Verification

@main
struct BenchAudit {
    static func main() throws {
        let numbers = CommandLine.arguments.dropFirst().compactMap { Int($0) }
        let sizes = numbers + [1_000_000, 100, 1000].dropFirst(numbers.count)
        let (count, width, drawCount) = (sizes[0], sizes[1], sizes[2])
        let generator = try Generator(seed: 1)
        let features = try Tensor.normal([count, width], generator: generator, scalarType: .float64)
        let labels = try Tensor.normal([count], generator: generator).elements(as: Float.self).map { $0 > 0 }
        let groups = (0..<count).map { Int32($0 % 2) }
        let model = try LinearModel(
            featureNames: (0..<width).map { "x\($0)" }, coefficients: (0..<width).map { 1 / Double($0 + 1) })
        let heldOut = PreparedTable.HeldOut(
            features: features, isPositive: labels,
            attributes: [Attribute(name: "group", groupNames: ["a", "b"], groups: groups)])
        let people = try AuditedPeople(heldOut, model: model)
        let single = try features.to(.float32)
        for turn in 1...3 {
            let bare = try seconds { try product(single, drawCount: drawCount) }
            var draws: [Double] = []
            for scales in [[1.0], [0.1, 0.3, 1, 3, 10]] {
                draws.append(
                    try seconds {
                        _ = try NoiseDraws(
                            people, model: model, mechanism: .analytic, scales: scales, drawCount: drawCount, seed: 1)
                    })
            }
            print(
                String(
                    format: "turn %d: bare product %.2f s, draws of one size %.2f s (%.2f ×), of five %.2f s (%.2f ×)",
                    turn, bare, draws[0], draws[0] / bare, draws[1], draws[1] / bare))
        }
    }

    /// The product alone, on float32 features made before the clock starts.
    static func product(_ features: Tensor, drawCount: Int) throws {
        let noise = try Tensor.normal(
            [min(drawCount, NoiseDraws.drawBlock), features.size(1)], generator: Generator(seed: 2))
        let operation = Operator("aten::mm.out")
        let scores = try Tensor.empty([noise.size(0), NoiseDraws.tileSize])
        for _ in stride(from: 0, to: drawCount, by: NoiseDraws.drawBlock) {
            for start in stride(from: 0, to: features.size(0) - NoiseDraws.tileSize + 1, by: NoiseDraws.tileSize) {
                let tile = try features.sliced(start..<start + NoiseDraws.tileSize)
                try operation.perform(noise, tile.transposed(), scores)
            }
        }
    }

    static func seconds(_ body: () throws -> Void) rethrows -> Double {
        let start = Date()
        try body()
        return Date().timeIntervalSince(start)
    }
}
