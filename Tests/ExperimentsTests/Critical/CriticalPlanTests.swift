import Testing

@testable import Experiments

@Suite struct CriticalPlanTests {
    @Test func settingsAreMarginsWithScalesAndWeights() {
        let grid = CriticalGrid()
        let margins = grid.settings(.camri, count: 4)
        #expect(
            margins == [
                ["head.s=16", "head.m=0.19635"], ["head.s=8", "head.m=0.19635"],
                ["head.s=16", "head.m=0.392699"], ["head.s=8", "head.m=0.392699"],
            ])
        #expect(grid.settings(.arcFace, count: 4) == margins)
        #expect(grid.settings(.weighted, count: 3) == [["head.weight=2"], ["head.weight=5"], ["head.weight=10"]])
        #expect(grid.settings(.realWorldWeight, count: 1) == [["head.miss_weight=2"]])
        #expect(grid.settings(.crossEntropy, count: 4) == [[]])
        #expect(grid.settings(.camri, count: 100).count == 12)
    }

    @Test func namesOfClassesAreQuoted() {
        let target = CriticalTarget(["no passing >3.5 t", "driver's: exit"])
        #expect(
            CriticalMethod.camri.system(target).settings
                == ["head={name: camri, classes: ['driver''s: exit', 'no passing >3.5 t']}"])
        #expect(CriticalMethod.camri.system(target).name == "CAMRI driver's: exit + no passing >3.5 t")
        #expect(CriticalMethod.arcFace.system(target).name == "ArcFace")
    }

    @Test func seedsOfStagesAreNeverTheSame() {
        var plan = CriticalPlan(recipe: "Recipes/signs.yaml", classes: ["stop"])
        #expect(plan.study == "critical-signs")
        let stages: [StudyRow.Stage] = [.ranking, .search, .chosen]
        #expect(stages.map { plan.places($0).map(\.seed) } == [[2001, 2002], [1001, 1002], [1, 2, 3, 4, 5]])
        plan.foldCount = 5
        plan.seedCount = 6
        let places = stages.map(plan.places)
        #expect(places[0].map(\.fold) == [0, 1, 2, 3, 4] && places[1].map(\.fold) == [0, 1, 2, 3, 4])
        #expect(places[2].map(\.fold) == [0, 1, 2, 3, 4, 0] && places[2].map(\.seed) == [1, 2, 3, 4, 5, 6])
        #expect(Set(places.flatMap { $0.map(\.seed) }).count == 16)
        #expect(plan.folds.map(\.name).first == "1of5" && plan.folds[1].settings == ["data.split.fold=2/5"])
    }

    @Test func aBiasTellsItsReason() {
        let reasons: [ShiftReason] = [
            .curve, .tolerance(0), .tolerance(0.002),
            .asAccurate(system: "CAMRI stop", settings: "head.s=8 head.m=0.1"),
            .asAccurate(system: "CE", settings: ""),
        ]
        let bias = 0.1 + 0.2
        for (place, reason) in reasons.enumerated() {
            let text = reason.settings(bias: bias)
            #expect(reasons.map { $0.bias(of: text) } == reasons.indices.map { $0 == place ? bias : nil })
        }
        #expect(ShiftReason.curve.bias(of: "head.s=8") == nil)
    }
}
