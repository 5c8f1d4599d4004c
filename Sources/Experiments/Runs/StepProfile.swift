import Datasets
import Foundation
import Reports
import Torch
import Training

/// Where the time of some training steps went.
public struct StepProfile: Sendable {
    public let profile: Profile
    public let steps: Int
    /// Of those steps, together.
    public let seconds: Double
    public let sampleCount: Int
    /// Chrome's format: Perfetto (ui.perfetto.dev), chrome://tracing and TensorBoard's trace viewer open it.
    public let trace: URL

    /// A table for reading: phases of a step, then operators by their own time.
    public func table(operators count: Int = 12) -> String {
        let rate = Double(sampleCount) / seconds
        let title = "\(steps) steps, \(format(seconds / Double(steps) * 1e3)) ms each, \(format(rate)) samples/s"
        return
            ([title] + section("phase", profile.spans) + section("operator (own time)", profile.operators, first: count)
            + (profile.kernels.isEmpty ? [] : section("kernel on the GPU", profile.kernels, first: count)))
            .joined(separator: "\n")
    }

    /// Every line of the table, for programs.
    var csv: String {
        let groups = [("phase", profile.spans), ("operator", profile.operators), ("kernel", profile.kernels)]
        let rows = groups.flatMap { kind, lines in
            lines.map { "\(kind),\(commaSeparatedCell($0.name)),\($0.count),\($0.seconds)" }
        }
        return (["kind,name,calls,seconds"] + rows).joined(separator: "\n") + "\n"
    }

    private func section(_ title: String, _ lines: [Profile.Line], first: Int = .max) -> [String] {
        let shown = lines.prefix(first)
        let width = max(title.count, shown.map(\.name.count).max() ?? 0)
        func row(_ cells: (String, String, String, String)) -> String {
            cells.0.padding(toLength: width, withPad: " ", startingAt: 0)
                + [(cells.1, 12), (cells.2, 10), (cells.3, 8)].map { text, width in
                    String(repeating: " ", count: max(1, width - text.count)) + text
                }.joined()
        }
        let body = shown.map { line in
            row(
                (
                    line.name, format(Double(line.count) / Double(steps)),
                    format(line.seconds / Double(steps) * 1e3), format(line.seconds / seconds * 100) + " %"
                ))
        }
        return ["", row((title, "calls/step", "ms/step", "share"))] + body
    }

    private func format(_ number: Double) -> String { String(format: number < 100 ? "%.2f" : "%.0f", number) }
}

/// Profiles a few steps of a run, once it has warmed up.
final class StepProfiler {
    private let device: Device
    private let folder: URL
    private var profiler: Profiler?
    private var first: StepReport?
    private var sampleCount = 0
    private var stepsSeen = 0
    private let warmUp = 5
    private let length = 20

    init(device: Device, folder: URL) {
        self.device = device
        self.folder = folder
    }

    /// - Returns: what was found, after the last step that is profiled.
    func observe(_ event: TrainingEvent) throws -> StepProfile? {
        guard case .stepped(let report, let total) = event, stepsSeen >= 0 else { return nil }
        stepsSeen += 1
        if profiler != nil { sampleCount += report.sampleCount }
        if let profiler, let first, report.step - first.step == length || report.step == total {
            stepsSeen = -1
            self.profiler = nil
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let trace = folder.appending(path: "trace.json")
            let found = StepProfile(
                profile: try profiler.stop(trace: trace), steps: report.step - first.step,
                seconds: report.seconds - first.seconds, sampleCount: sampleCount, trace: trace)
            try found.csv.write(to: folder.appending(path: "times.csv"), atomically: true, encoding: .utf8)
            return found
        }
        if profiler == nil, stepsSeen >= min(warmUp, total / 4 + 1), report.step < total {
            first = report
            profiler = try Profiler(device: device)
        }
        return nil
    }
}
