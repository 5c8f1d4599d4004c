import Testing

@testable import Verification

struct GroupErrorRatesTests {
    @Test func handComputed() throws {
        let rates = try GroupErrorRates(
            [
                (score: 0.9, isGenuine: true, leftGroup: "f", rightGroup: "f"),
                (score: 0.4, isGenuine: true, leftGroup: "f", rightGroup: "f"),
                (score: 0.5, isGenuine: false, leftGroup: "f", rightGroup: "f"),
                (score: 0.1, isGenuine: false, leftGroup: "f", rightGroup: "m"),
                (score: 0.2, isGenuine: true, leftGroup: "f", rightGroup: "m"),
                (score: 0.1, isGenuine: false, leftGroup: "m", rightGroup: "m"),
            ], threshold: 0.5)
        #expect(rates.crossGroupCount == 2)
        #expect(rates.groups.map(\.name) == ["f", "m"])
        #expect(rates.groups[0].falseMatchRate?.value == 1)
        #expect(rates.groups[0].falseNonMatchRate?.value == 0.5)
        #expect(rates.groups[0].falseMatchRate?.name == "FMR[group f, both sides, threshold 0.5]")
        #expect(rates.groups[1].falseMatchRate?.value == 0)
        #expect(rates.groups[1].falseNonMatchRate == nil)
    }

    @Test func whatCannotBeCountedIsRefused() {
        #expect(throws: VerificationError.self) { try GroupErrorRates([], threshold: 0) }
        #expect(throws: VerificationError.self) {
            try GroupErrorRates(
                [(score: .nan, isGenuine: true, leftGroup: "f", rightGroup: "f")], threshold: 0)
        }
    }
}
