import Foundation
import Reports
import Verification

/// The trade-off between recall and accuracy as plots.
extension CriticalTables {
    /// On validation data, every setting that was tried, and CE's runs of that stage with several biases; margins of one
    /// scale are connected. `nil` while nothing is measured.
    func validationPlot(_ target: CriticalTarget) -> Plot? {
        let curves = CriticalMethod.allCases.flatMap { method -> [(name: String, points: [TradeOff.Point])] in
            let system = method.system(target).name
            let settings = figures.settings(.search, system).map(TriedSetting.init).sorted { $0.strength < $1.strength }
            let byScale = Dictionary(grouping: settings) { $0.scale ?? "" }
            return byScale.keys.sorted().map { scale in
                (
                    scale.isEmpty ? method.rawValue : "\(method.rawValue), s = \(scale)",
                    byScale[scale, default: []].compactMap { point(system, $0.text, target) }
                )
            }
        }
        return plot(curves, target, title: "Every setting on validation data", subtitle: "\(target.name), stage 1")
    }

    /// On test data, what was chosen by each rule. `nil` while nothing is measured.
    func testPlot(_ target: CriticalTarget, _ tables: [CriticalTable]) -> Plot? {
        let curves = CriticalMethod.allCases.map { method -> (name: String, points: [TradeOff.Point]) in
            var seen: Set<String> = []
            let rows = tables.filter { $0.target == target }.compactMap { $0.row(method) }
            return (
                method.rawValue,
                rows.compactMap { row in
                    guard let setting = row.setting, seen.insert(setting).inserted,
                        let recall = row.figure(.recall), let accuracy = row.figure(.accuracy)
                    else { return nil }
                    return TradeOff.Point(
                        accuracy: accuracy.mean, recall: recall.mean, accuracyInterval: accuracy.overSeeds,
                        recallInterval: recall.overSeeds)
                }
            )
        }
        return plot(curves, target, title: "What was chosen, on test data", subtitle: "\(target.name), stage 2")
    }

    /// The mean of a setting's runs, with Student's intervals over them.
    private func point(_ system: String, _ settings: String, _ target: CriticalTarget) -> TradeOff.Point? {
        let runs = figures.runs(.search, system, settings: settings)
        func values(_ rate: CriticalRate) -> [Double] {
            runs.compactMap { figures.value(rate, target, in: $0, subset: StudyRow.development) }
        }
        guard let accuracy = figures.mean(.accuracy, target, over: runs, subset: StudyRow.development),
            let recall = figures.mean(.recall, target, over: runs, subset: StudyRow.development)
        else { return nil }
        return TradeOff.Point(
            accuracy: accuracy, recall: recall, accuracyInterval: CriticalRate.interval(over: values(.accuracy)),
            recallInterval: CriticalRate.interval(over: values(.recall)))
    }

    private func plot(
        _ curves: [(name: String, points: [TradeOff.Point])], _ target: CriticalTarget, title: String, subtitle: String
    ) -> Plot? {
        let drawn = curves.filter { !$0.points.isEmpty }
        guard !drawn.isEmpty else { return nil }
        let baseline = CriticalMethod.crossEntropy.rawValue
        return .tradeOff(
            drawn.filter { $0.name != baseline }.enumerated().map { number, curve in
                TradeOff(name: curve.name, points: curve.points, look: .ofSeries(number))
            }, className: target.name,
            reference: drawn.first { $0.name == baseline }.map { ($0.name, $0.points[0]) }, title: title,
            subtitle: subtitle)
    }
}

/// The settings of a run that tried something, `key=value` with blanks between.
private struct TriedSetting {
    let text: String
    /// The head's scale, where it has one.
    let scale: String?
    /// The margin, weight, price or bias, which its method's points are ordered by.
    let strength: Double

    init(_ text: String) {
        self.text = text
        let values = text.split(separator: " ").reduce(into: [String: String]()) { values, part in
            let pair = part.split(separator: "=", maxSplits: 1).map(String.init)
            if pair.count == 2 { values[pair[0]] = pair[1] }
        }
        scale = values["head.s"]
        strength =
            ["head.m", "head.weight", "head.miss_weight", "bias"].lazy.compactMap { values[$0] }.first
            .flatMap(Double.init) ?? 0
    }
}
