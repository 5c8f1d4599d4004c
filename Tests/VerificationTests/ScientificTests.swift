import Testing

@testable import Verification

@Suite struct ScientificTests {
    @Test(arguments: [
        (1e-4, "1e-4"), (0.025, "2.5e-2"), (0.5, "5e-1"), (1, "1e0"), (1e-6, "1e-6"), (2.5e-7, "2.5e-7"),
        (120, "1.2e2"), (1e21, "1e21"), (0, "0"), (-0.003, "-3e-3"), (0.1 + 0.2, "3.0000000000000004e-1"),
    ])
    func writesTheFewestDigits(_ value: Double, _ text: String) {
        #expect(scientific(value) == text)
        #expect(Double(text) == value)
    }
}
