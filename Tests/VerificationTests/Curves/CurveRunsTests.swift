import Testing

@testable import Verification

@Suite struct CurveRunsTests {
    private typealias Place = CurveRuns.Place

    @Test func runsEndWhereTheSideChanges() {
        // i i | g g | both at 3 | g | i i
        let runs = CurveRuns(genuine: [1, 2, 3, 4], impostor: [0, 0.5, 3, 3, 5, 6])
        #expect(
            runs.places.map { [$0.genuine, $0.impostor] } == [[0, 0], [0, 2], [2, 2], [3, 4], [4, 4], [4, 6]])
        #expect(
            CurveRuns(genuine: [1], impostor: [1]).places == [
                .init(genuine: 0, impostor: 0), .init(genuine: 1, impostor: 1),
            ])
    }

    /// Long lists are cut into pieces for several processors, also within a run and within ties.
    @Test(arguments: [1.0, 1e-3, 1e4])
    func piecesJoinToTheRunsOfTheWhole(_ grain: Double) {
        var generator = SplitMix64(seed: 3)
        func drawn(_ count: Int, _ range: ClosedRange<Double>) -> [Double] {
            (0..<count).map { _ in (Double.random(in: range, using: &generator) * grain).rounded() / grain }.sorted()
        }
        for (low, high) in [(-20.0, 20.0), (5.0, 60.0), (21.0, 30.0)] {
            let impostor = drawn(300_000, -20...20)
            let genuine = drawn(90_000, low...high)
            let runs = CurveRuns(genuine: genuine, impostor: impostor)
            // Every place is where a score of one side follows one of the other, or both sides share a score.
            var expected = [Place(genuine: 0, impostor: 0)]
            var (g, i) = (0, 0)
            var before: String?
            while g < genuine.count || i < impostor.count {
                let score = min(
                    g < genuine.count ? genuine[g] : .infinity, i < impostor.count ? impostor[i] : .infinity)
                let (genuineStart, impostorStart) = (g, i)
                while g < genuine.count, genuine[g] == score { g += 1 }
                while i < impostor.count, impostor[i] == score { i += 1 }
                let side = i == impostorStart ? "genuine" : g == genuineStart ? "impostor" : "both"
                if let before, side == "both" || side != before {
                    expected.append(Place(genuine: UInt32(genuineStart), impostor: UInt32(impostorStart)))
                }
                before = side
            }
            expected.append(Place(genuine: UInt32(genuine.count), impostor: UInt32(impostor.count)))
            #expect(runs.places == expected)
        }
    }
}
