import Foundation
import Verification

/// The median time of a few runs, after one to warm up.
func median(of runs: Int = 5, _ body: () throws -> Void) rethrows -> Double {
    try body()
    let times = try (0..<runs).map { _ in
        let start = ContinuousClock.now
        try body()
        return (ContinuousClock.now - start) / .seconds(1)
    }
    return times.sorted()[runs / 2]
}

/// Prints one line of JSON for the script that reads it.
func report(_ name: String, _ values: [String: Double]) throws {
    var line: [String: Any] = values
    line["name"] = name
    let data = try JSONSerialization.data(withJSONObject: line, options: .sortedKeys)
    print(String(decoding: data, as: UTF8.self))
}

func numbers(_ path: String) throws -> [Double] {
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    return data.withUnsafeBytes { Array($0.bindMemory(to: Double.self)) }
}

func measureCurve(genuine: String, impostor: String) throws {
    let scores = try Scores(genuine: numbers(genuine), impostor: numbers(impostor))
    var values: [String: Double] = [:]
    values["eer seconds"] = median {
        values["eer"] = ErrorRateCurve(scores).equalErrorRate(.interpolated).rate
    }
    values["seconds"] = median {
        let curve = ErrorRateCurve(scores)
        values["eer"] = curve.equalErrorRate(.interpolated).rate
        values["det corners"] = Double(curve.corners().count)
        values["auc"] = curve.areaUnderCurve()
    }
    try report("curve", values)
}

func measureFile(_ path: String) throws {
    var count = 0
    let seconds = try median { count = try TrialFile(path: path).count }
    let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
    try report(
        "file", ["seconds": seconds, "trials": Double(count), "MB per second": Double(size) / 1e6 / seconds])
}

/// Two metrics on trials in memory, then all that `margin metrics` reports of a score file with as many, from reading
/// it to the last interval.
func measureBootstrap() throws {
    var world = World(seed: 1)
    let (trials, text) = try world.trials(identityCount: 400, trialCount: 1_000_000)
    let bootstrap = IdentityBootstrap(seed: 1)
    let seconds = try median(of: 3) {
        _ = try bootstrap.estimates(
            of: [.equalErrorRate(.interpolated), .trueAcceptRate(atFalseAcceptRate: 1e-3, .atMost)], on: trials)
    }
    var figureCount = 0
    let whole = try median(of: 1) {
        let report = try ScoreReport(TrialFile(contents: text, name: "scores.txt"))
        precondition(report.method?.contains("over 400 identities") == true, "the names tell the identities")
        figureCount = report.figures.count
    }
    try report(
        "bootstrap",
        [
            "seconds": seconds, "draws": 1000, "scores": 1_000_000, "report seconds": whole,
            "figures": Double(figureCount),
        ])
}
