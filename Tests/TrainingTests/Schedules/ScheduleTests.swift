import Foundation
import Testing
import Training

@Suite struct ScheduleTests {
    private func rates(_ shape: LearningRateSchedule.Shape, warmUp: Int = 0, of total: Int) -> [Double] {
        let schedule = LearningRateSchedule(base: 2, shape: shape, warmUpSteps: warmUp, totalSteps: total)
        return (0..<total).map(schedule.rate)
    }

    private func isClose(_ first: [Double], _ second: [Double]) -> Bool {
        first.count == second.count && zip(first, second).allSatisfy { abs($0 - $1) < 1e-12 }
    }

    @Test func shapesByHand() {
        #expect(rates(.constant, of: 3) == [2, 2, 2])
        // A tenth from half of the run on, a hundredth from three quarters on.
        #expect(
            isClose(
                rates(.step(fractions: [0.5, 0.75], factor: 0.1), of: 8), [2, 2, 2, 2, 0.2, 0.2, 0.02, 0.02]))
        // cos 0, cos 60°, cos 120°: (1 + 1) / 2, (1 + ½) / 2, (1 − ½) / 2 of the way from 0.4 to 2.
        #expect(isClose(rates(.cosine(final: 0.4), of: 3), [2, 0.4 + 1.6 * 0.75, 0.4 + 1.6 * 0.25]))
        #expect(isClose(rates(.polynomial(power: 2, final: 0), of: 4), [2, 2 * 0.5625, 2 * 0.25, 2 * 0.0625]))
        #expect(isClose(rates(.polynomial(power: 1, final: 1), of: 4), [2, 1.75, 1.5, 1.25]))
    }

    @Test func theWarmUpRisesLineByLineAndTheShapeFillsTheRest() {
        #expect(isClose(rates(.constant, warmUp: 4, of: 6), [0.5, 1, 1.5, 2, 2, 2]))
        #expect(isClose(rates(.polynomial(power: 1, final: 0), warmUp: 2, of: 6), [1, 2, 2, 1.5, 1, 0.5]))
        // Steps are fractions of the whole run.
        #expect(isClose(rates(.step(fractions: [0.5], factor: 0.5), warmUp: 2, of: 4), [1, 2, 1, 1]))
        // A warm-up as long as the run, or longer, never ends.
        #expect(isClose(rates(.cosine(final: 0), warmUp: 4, of: 4), [0.5, 1, 1.5, 2]))
        #expect(isClose(rates(.cosine(final: 0), warmUp: 8, of: 2), [0.25, 0.5]))
    }

    @Test(
        arguments: [
            .constant, .step(fractions: [0.3], factor: 0.1), .cosine(final: 0.01), .polynomial(power: 2, final: 0),
        ] as [LearningRateSchedule.Shape])
    func storedAndReadAgain(_ shape: LearningRateSchedule.Shape) throws {
        let schedule = LearningRateSchedule(base: 0.1, shape: shape, warmUpSteps: 3, totalSteps: 9)
        let data = try JSONEncoder().encode(schedule)
        #expect(try JSONDecoder().decode(LearningRateSchedule.self, from: data) == schedule)
    }

    @Test func marginsByHand() {
        let ramp = MarginSchedule(start: 0.2, end: 0.6)
        let factors = (0..<10).map { ramp.factor(step: $0, totalSteps: 10) }
        #expect(isClose(factors, [0, 0, 0, 0.25, 0.5, 0.75, 1, 1, 1, 1]))
        #expect((0..<5).allSatisfy { MarginSchedule.none.factor(step: $0, totalSteps: 5) == 1 })
        // A jump: nothing before, all from there on.
        let jump = MarginSchedule(start: 0.5, end: 0.5)
        #expect((0..<4).map { jump.factor(step: $0, totalSteps: 4) } == [0, 0, 1, 1])
    }
}
