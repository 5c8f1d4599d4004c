import Foundation
import Testing
import Torch

@testable import Experiments

@Suite struct StepProfileTests {
    @Test func tableGivesTimesPerStepAndShares() {
        func event(_ name: String, _ start: Int, _ duration: Int, _ kind: Profile.Event.Kind) -> Profile.Event {
            .init(name: name, start: start, duration: duration, thread: 1, kind: kind)
        }
        let millisecond = 1_000_000
        let profile = StepProfile(
            profile: Profile(events: [
                event("network forward", 0, 30 * millisecond, .span),
                event("aten::mm", 0, 10 * millisecond, .operation),
                event("aten::mm", 20 * millisecond, 6 * millisecond, .operation),
            ]), steps: 2, seconds: 0.1, sampleCount: 32, trace: URL(fileURLWithPath: "/trace.json"))
        let expected = """
            2 steps, 50.00 ms each, 320 samples/s

            phase            calls/step   ms/step   share
            network forward        0.50     15.00 30.00 %

            operator (own time)  calls/step   ms/step   share
            aten::mm                   1.00      8.00 16.00 %
            """
        #expect(profile.table() == expected)
        #expect(
            profile.csv == """
                kind,name,calls,seconds
                phase,network forward,1,0.03
                operator,aten::mm,2,0.016

                """)
    }
}
