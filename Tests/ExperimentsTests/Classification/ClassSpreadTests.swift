import Foundation
import Testing
import Torch

@testable import Experiments

@Suite struct ClassSpreadTests {
    private let degrees = Double.pi / 180

    /// A direction of the plane, of any length.
    private func point(_ angle: Double, _ length: Double = 1) -> [Double] {
        [length * cos(angle * degrees), length * sin(angle * degrees)]
    }

    @Test func anglesAreThoseOfThePlane() throws {
        // Means at 0°, 90° and 180°, features 10° to either side of the first, 20° of the second.
        let rows = [point(10, 3), point(-10), point(70), point(110, 0.1), point(180)]
        let spread = try ClassSpread(
            Tensor(rows.flatMap { $0 }, shape: [5, 2]), labels: [4, 4, 1, 1, 0])
        #expect(abs(spread.within - 10 * degrees) < 1e-7)
        #expect(abs(spread.between - 120 * degrees) < 1e-7)
        #expect(abs(spread.nearest - 90 * degrees) < 1e-7)
        #expect(spread.figures.map(\.name).allSatisfy { $0.contains("degrees") && !StudyMetric.isShare($0) })
        #expect(abs(spread.figures[0].value - 10) < 1e-5)
    }

    @Test func oneClassIsNotApartFromAnything() throws {
        let spread = try ClassSpread(Tensor([1.0, 0, 1, 0], shape: [2, 2]), labels: [3, 3])
        #expect(spread.within == 0 && spread.between == 0 && spread.nearest == 0)
    }
}
