import Testing

@testable import Datasets

@Suite struct NaturalOrderTests {
    @Test func numbersCountAsNumbers() {
        let sorted = ["", "s", "s1", "s1b", "s2", "s2.5", "s2.10", "s10", "s100", "t1", "ä"]
        #expect(sorted.reversed().sorted(by: precedesNaturally) == sorted)
        #expect(precedesNaturally("99999999999999999999", "100000000000000000000"))
    }

    @Test func orderIsTotal() {
        let names = ["a1", "a01", "a001", "a", "a1b", "a01b2", "a1b02", "b"]
        for first in names {
            for second in names {
                let both = (precedesNaturally(first, second), precedesNaturally(second, first))
                #expect(first == second ? both == (false, false) : both.0 != both.1, "\(first) \(second)")
            }
        }
    }
}
