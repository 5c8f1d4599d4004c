import Testing

@testable import Experiments

@Suite struct SettingSearchTests {
    private func settings(_ head: String, given: Set<String> = [], _ count: Int = 4) throws -> [[String]] {
        let text = "name: a\ndata: {path: b}\nhead: {\(head)}\ntraining: {learning_rate: 0.1}\n"
        let search = try SettingSearch(Recipe(RecipeDocument(file: "r.yaml", text: text)), given: given)
        return (1...count).map(search.setting)
    }

    /// Halton's points are 1/2, 1/3, 1/5, then 1/4, 2/3, 2/5: the scale is 8·8^u, the margin a quarter and three
    /// quarters of v of the way to the default, the rate 0.1·4^(2w − 1).
    @Test func pointsAreHaltons() throws {
        #expect(SettingSearch.halton(6, base: 2) == 0.375 && abs(SettingSearch.halton(4, base: 3) - 4.0 / 9) < 1e-15)
        #expect(
            try settings("name: arcface").prefix(2) == [
                ["head.s=23", "head.m=0.25", "training.learning_rate=0.044"],
                ["head.s=13", "head.m=0.375", "training.learning_rate=0.076"],
            ])
    }

    @Test func headsWithoutScaleOrMarginSpendTheirSettingsOnTheRest() throws {
        let plain = try settings("name: softmax")
        #expect(
            Set(plain).count == 4 && plain.allSatisfy { $0.count == 1 && $0[0].hasPrefix("training.learning_rate=") })
        #expect(try settings("name: normface")[0] == ["head.s=23", "training.learning_rate=0.044"])
        #expect(try settings("name: sphereface2")[0].prefix(2) == ["head.r=23", "head.m=0.2"])
        // A multiplicative margin begins at 1.
        #expect(try settings("name: sphereface-r, variant: v0")[0].prefix(2) == ["head.s=23", "head.m=1.25"])
        #expect(try settings("name: sphereface-r, norm: none")[0].count == 2)
    }

    @Test func whatASystemSetsItselfStays() throws {
        let found = try settings("name: arcface, m: 0.1", given: ["head.m", "training.learning_rate"])
        #expect(found.allSatisfy { $0.count == 1 && $0[0].hasPrefix("head.s=") })
    }
}
