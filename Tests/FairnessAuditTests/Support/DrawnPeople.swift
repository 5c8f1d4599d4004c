import Foundation
import Tables
import Torch
import Verification

@testable import FairnessAudit

/// Small tables of people with known oddities.
enum DrawnPeople {
    /// Two groups with different margins; the first person has no features at all.
    static func heldOut(_ count: Int, _ width: Int, seed: UInt64, groupCount: Int = 2) throws -> PreparedTable.HeldOut {
        var generator = SplitMix64(seed: seed)
        var rows = (0..<count).map { _ in NormalDraws.draw(width, using: &generator) }
        rows[0] = Array(repeating: 0, count: width)
        let groups = (0..<count).map { Int32($0 % groupCount) }
        for row in rows.indices where groups[row] == 1 { rows[row][0] *= 0.3 }
        let noise = NormalDraws.draw(count, using: &generator)
        return PreparedTable.HeldOut(
            features: try Tensor(rows.flatMap { $0 }, shape: [count, width]),
            isPositive: zip(rows, noise).map { $0[0] + 0.4 * $1 > 0 },
            attributes: [
                Attribute(name: "group", groupNames: (0..<groupCount).map { "g\($0)" }, groups: groups)
            ])
    }

    static func model(_ width: Int) throws -> LinearModel {
        try LinearModel(
            featureNames: (0..<width).map { "x\($0)" }, coefficients: [1.2] + (1..<width).map { 0.2 / Double($0) })
    }

    static func audit(_ count: Int, _ width: Int, seed: UInt64 = 1, drawCount: Int = 2000) throws -> NoiseAudit {
        let model = try model(width)
        let people = try AuditedPeople(heldOut(count, width, seed: seed), model: model)
        return try NoiseAudit(people, model: model, drawCount: drawCount)
    }

    static func level(_ scale: Double, _ mechanism: NoiseMechanism = .analytic) throws -> NoiseLevel {
        NoiseLevel(privacy: try .init(epsilon: 1, delta: 1e-5), mechanism: mechanism, scale: scale)
    }
}
