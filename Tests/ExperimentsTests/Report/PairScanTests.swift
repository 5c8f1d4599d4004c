import Foundation
import Testing
import Torch

@testable import Experiments

@Suite struct PairScanTests {
    /// Unit vectors in the plane at these degrees.
    private func directions(_ degrees: [Double]) throws -> Tensor {
        let radians = degrees.map { $0 * .pi / 180 }
        return try Tensor(radians.flatMap { [cos($0), sin($0)] }, shape: [degrees.count, 2])
    }

    @Test func errorsAreCountedByIdentity() throws {
        // Identity 0 at 0° and 40°, identity 1 at 50° and 60°; accepted is what lies within 30°.
        let scan = try PairScan(
            directions([0, 40, 50, 60]), identities: [0, 0, 1, 1], identityCount: 2, threshold: cos(30 * .pi / 180))
        #expect(scan.tallies.map(\.genuineCount) == [1, 1] && scan.tallies.map(\.falseRejects) == [1, 0])
        // 40° with 50° and with 60°, counted for either side.
        #expect(scan.tallies.map(\.impostorCount) == [4, 4] && scan.tallies.map(\.falseAccepts) == [2, 2])
        #expect(scan.tallies[0].worstImpostor?.identity == 1)
        #expect(abs((scan.tallies[0].worstImpostor?.score ?? 0) - cos(10 * .pi / 180)) < 1e-9)
        #expect(scan.hardestGenuine.map { [$0.left, $0.right] } == [[0, 1], [2, 3]])
        // 40° is in one pair alone; what is left are 0° and 60°.
        #expect(scan.hardestImpostor.map { [$0.left, $0.right] } == [[1, 2], [0, 3]])
        #expect(abs(scan.hardestImpostor[1].score - 0.5) < 1e-9)
    }

    @Test func theHardestAreThoseOfAllPairs() throws {
        var numbers = (0..<60).map { _ in Double.random(in: 0..<360) }
        numbers.sort { $0.truncatingRemainder(dividingBy: 7) < $1.truncatingRemainder(dividingBy: 7) }
        let identities = numbers.indices.map { $0 % 5 }
        let scan = try PairScan(
            directions(numbers), identities: identities, identityCount: 5, threshold: 0.5, count: 4)
        func cosine(_ left: Int, _ right: Int) -> Double { cos((numbers[left] - numbers[right]) * .pi / 180) }
        let pairs = numbers.indices.flatMap { left in (left + 1..<numbers.count).map { (left, $0) } }
        let impostor = pairs.filter { identities[$0.0] != identities[$0.1] }
        #expect(abs(scan.hardestImpostor[0].score - (impostor.map { cosine($0.0, $0.1) }.max() ?? 0)) < 1e-9)
        let genuine = pairs.filter { identities[$0.0] == identities[$0.1] }
        #expect(abs(scan.hardestGenuine[0].score - (genuine.map { cosine($0.0, $0.1) }.min() ?? 0)) < 1e-9)
        #expect(scan.tallies.map(\.falseAccepts).reduce(0, +) == 2 * impostor.count { cosine($0.0, $0.1) >= 0.5 })
        let used = scan.hardestImpostor.flatMap { [$0.left, $0.right] }
        #expect(used.count == 8 && Set(used).count == 8)
    }

    @Test func anglesAreToTheMeanOfTheOthers() throws {
        // Identity 0 at 0°, 20° and 40°, identity 1 at 90° alone.
        let angles = try IdentityAngles(
            directions([0, 20, 40, 90]), identities: [0, 0, 0, 1], identityCount: 2)
        let own = angles.own.map { $0.map { ($0 * 180 / .pi).rounded() } }
        #expect(own == [30, 0, 30, nil])
        let nearest = angles.nearest.map { $0.map { ($0 * 180 / .pi).rounded() } }
        #expect(nearest == [90, 70, 50, 70] && angles.nearestIdentity == [1, 1, 1, 0])
        let alone = try IdentityAngles(directions([0, 20]), identities: [0, 0], identityCount: 1)
        #expect(alone.nearest == [nil, nil])
    }
}
