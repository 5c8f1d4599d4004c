import Foundation

/// What a table says, in plain words.
extension CriticalTable {
    public var verdicts: [String] { [best, againstBaseline, cost].compactMap { $0 } + alternatives }

    private var baseline: Row? { row(.crossEntropy) }
    private var others: [Row] { rows.filter { $0.method != .crossEntropy && $0.setting != nil } }

    private static func percent(_ value: Double) -> String { String(format: "%.2f %%", value * 100) }

    private static func points(_ difference: StudyDifference) -> String {
        String(
            format: "%+.2f points [%+.2f, %+.2f]", difference.value * 100, difference.lower * 100,
            difference.upper * 100)
    }

    /// Of the whole table in one sentence.
    private var best: String? {
        guard let baseline, let ground = baseline.figure(.recall) else { return nil }
        let gained = others.filter { $0.recallGain.map { $0.isOutsideNoise && $0.value > 0 } ?? false }
        guard let top = gained.max(by: { ($0.figure(.recall)?.mean ?? 0) < ($1.figure(.recall)?.mean ?? 0) }),
            let recall = top.figure(.recall)
        else {
            return others.isEmpty || others.allSatisfy { $0.recallGain == nil }
                ? nil
                : "No method misses \(target.name) less than CE (recall \(Self.percent(ground.mean))) by more than the noise."
        }
        let start =
            "\(top.method.rawValue) misses \(target.name) least: recall \(Self.percent(recall.mean)), CE "
            + "\(Self.percent(ground.mean))"
        if top.method.isCheap { return start + "; it is the cheap way, and no margin does better here." }
        let cheap = others.filter(\.method.isCheap).max {
            ($0.figure(.recall)?.mean ?? 0) < ($1.figure(.recall)?.mean ?? 0)
        }
        return start
            + (cheap.flatMap { row in row.figure(.recall).map { " (\(row.method.rawValue): \(Self.percent($0.mean)))" }
            } ?? "")
            + "."
    }

    private var againstBaseline: String? {
        func names(_ rows: [Row]) -> String {
            rows.map { row in "\(row.method.rawValue) \(row.recallGain.map(Self.points) ?? "")" }.joined(
                separator: ", ")
        }
        let compared = others.filter { $0.recallGain != nil }
        let groups: [(String, [Row])] = [
            ("higher than CE's, outside the noise", compared.filter { $0.recallGain.map { $0.lower > 0 } ?? false }),
            ("lower than CE's, outside the noise", compared.filter { $0.recallGain.map { $0.upper < 0 } ?? false }),
            ("no different from CE's beyond the noise", compared.filter { $0.recallGain?.isOutsideNoise == false }),
        ]
        let parts = groups.filter { !$0.1.isEmpty }.map { "\($0.0): \(names($0.1))" }
        return parts.isEmpty ? nil : "Recall is " + parts.joined(separator: "; ") + "."
    }

    /// What happened to accuracy.
    private var cost: String? {
        let compared = others.filter { $0.accuracyGain != nil }
        guard !compared.isEmpty else { return nil }
        let changed = compared.filter { $0.accuracyGain?.isOutsideNoise == true }
        guard !changed.isEmpty else { return "Accuracy is no different from CE's beyond the noise with any of them." }
        return "Accuracy differs from CE's, outside the noise: "
            + changed.map { "\($0.method.rawValue) \($0.accuracyGain.map(Self.points) ?? "")" }.joined(separator: ", ")
            + "."
    }

    /// Each method against a bias that costs as much accuracy.
    private var alternatives: [String] {
        others.compactMap { row in
            guard let shifted = row.shifted, let difference = shifted.difference else { return nil }
            let alternative =
                "CE + bias at the accuracy of \(row.method.rawValue) has recall \(Self.percent(shifted.recall)) "
                + "(accuracy \(Self.percent(shifted.accuracy)))"
            let gap = "\(row.method.rawValue) − CE + bias is \(Self.points(difference))"
            if !difference.isOutsideNoise {
                return
                    "\(alternative): \(gap), inside the noise: the bias, which trains nothing, is as good as far as these runs can tell."
            }
            return difference.value > 0
                ? "\(alternative): \(gap), outside the noise, so that \(row.method.rawValue) is worth its training."
                : "\(alternative): \(gap), outside the noise, so that the bias, which trains nothing, is better."
        }
    }
}
