import Foundation
import Testing
import Torch

@Suite struct ProfileTests {
    @Test func ownTimeLeavesOutWhatWasCalled() {
        func event(
            _ name: String, _ start: Int, _ duration: Int, _ thread: UInt64 = 1, _ kind: Profile.Event.Kind = .operation
        )
            -> Profile.Event
        { .init(name: name, start: start, duration: duration, thread: thread, kind: kind) }
        let profile = Profile(events: [
            event("inner", 20, 30), event("outer", 10, 100), event("inner", 60, 50), event("innermost", 60, 5),
            event("after", 110, 7), event("outer", 30, 40, 2), event("step", 0, 200, 1, .span),
            event("kernel", 15, 3, 9, .device),
        ])
        #expect(
            profile.operators == [
                .init(name: "inner", count: 2, seconds: 75e-9), .init(name: "outer", count: 2, seconds: 60e-9),
                .init(name: "after", count: 1, seconds: 7e-9), .init(name: "innermost", count: 1, seconds: 5e-9),
            ])
        #expect(profile.spans == [.init(name: "step", count: 1, seconds: 200e-9)])
        #expect(profile.kernels == [.init(name: "kernel", count: 1, seconds: 3e-9)])
    }

    @Test func operatorsAndSpansAreNoted() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let trace = folder.appending(path: "trace.json")

        let profiler = try Profiler()
        let x = try Tensor.ones([64, 64]).requireGradient()
        for _ in 0..<3 {
            try span("forward") { try x.matmul(x).sum() }.backward()
        }
        let profile = try profiler.stop(trace: trace)

        let products = try #require(profile.operators.first { $0.name == "aten::mm" })
        // One forward and two backward.
        #expect(products.count == 9 && products.seconds > 0)
        let forward = try #require(profile.spans.first { $0.name == "forward" })
        #expect(forward.count == 3 && forward.seconds >= products.seconds / 3 * 0.1)
        let total = profile.operators.reduce(0) { $0 + $1.seconds }
        #expect(total > 0 && profile.operators.allSatisfy { $0.seconds >= 0 })

        struct Trace: Decodable {
            struct Event: Decodable { let name: String? }
            let traceEvents: [Event]
        }
        let written = try JSONDecoder().decode(Trace.self, from: Data(contentsOf: trace))
        #expect(written.traceEvents.contains { $0.name == "aten::mm" })
        #expect(written.traceEvents.contains { $0.name == "forward" })
    }
}
