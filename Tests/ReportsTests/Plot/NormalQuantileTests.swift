import Foundation
import Testing

@testable import Reports

@Suite struct NormalQuantileTests {
    /// From tables of the normal distribution.
    @Test(arguments: [
        (0.5, 0.0), (0.975, 1.959963984540054), (0.99, 2.3263478740408408), (0.9, 1.2815515655446004),
        (0.001, -3.090232306167813), (1e-6, -4.753424308822899), (1e-10, -6.361340902404056),
    ])
    func agreesWithTables(probability: Double, quantile: Double) {
        #expect(abs(normalQuantile(probability) - quantile) < 1e-12)
    }

    @Test func isTheInverseOfTheDistribution() {
        for exponent in stride(from: -300.0, to: -0.4, by: 7.3) {
            let probability = pow(10, exponent)
            let back = erfc(-normalQuantile(probability) / 2.0.squareRoot()) / 2
            #expect(abs(back / probability - 1) < 1e-9)
        }
    }

    @Test func isInfiniteWhereNothingOrEverythingLies() {
        #expect(normalQuantile(0) == -.infinity && normalQuantile(-1) == -.infinity)
        #expect(normalQuantile(1) == .infinity && normalQuantile(1.5) == .infinity)
    }

    @Test func isOddAroundOneHalf() {
        for probability in [0.25, 0.125, 0.0625] {
            #expect(normalQuantile(probability) == -normalQuantile(1 - probability))
        }
    }
}
