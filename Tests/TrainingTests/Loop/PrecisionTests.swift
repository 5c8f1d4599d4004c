import Networks
import TestSupport
import Testing
import Torch

@testable import Training

@Suite struct PrecisionTests {
    /// A loss of 2 to 3 computed with 8 bits of digits in the network, and gradients and weights in float32.
    @Test(arguments: [true, false])
    func halfPrecisionIsCloseAndParametersStayWhole(_ hasBatchNormalization: Bool) throws {
        var run = ToyRun(epochs: 2, hasBatchNormalization: hasBatchNormalization)
        let whole = try run.reports()
        run.change = { $0.precision = .bfloat16 }
        var types: Set<ScalarType> = []
        let half = try run.reports()
        #expect(abs(half[0].loss - whole[0].loss) < 0.05 * whole[0].loss && half[0].loss != whole[0].loss)
        #expect(abs(half[0].gradientNorm - whole[0].gradientNorm) < 0.1 * whole[0].gradientNorm)
        let loop = try run.make().loop
        _ = try loop.run()
        for parameter in loop.backbone.parameters + loop.head.parameters {
            types.insert(parameter.tensor.scalarType)
            if let gradient = parameter.tensor.gradient { types.insert(gradient.scalarType) }
        }
        #expect(types == [.float32])
    }

    @Test func aNetworkStillLearns() throws {
        var run = ToyRun(epochs: 40, augmentation: .init())
        run.change = { $0.precision = .bfloat16 }
        let last = try run.reports().suffix(4)
        #expect(last.reduce(0) { $0 + $1.accuracy } / 4 > 0.9)
    }
}
