import Experiments
import FairnessAudit
import Foundation

/// An audit as text.
struct AuditTable {
    let report: AuditReport

    init(_ report: AuditReport) {
        self.report = report
    }

    var text: String {
        var parts = [AuditReport.banner, "", model, "", noise, ""]
        for partition in report.partitions { parts += [changes(partition), ""] }
        parts.append(contentsOf: conclusions)
        parts += (report.warnings.map { "Warning: \($0)." }) + report.notes.map { "Note: \($0)." }
        return parts.joined(separator: "\n")
    }

    private var model: String {
        let rows = "\(report.trainingRows) rows to train on, \(report.heldOutPeople) people held out"
        let dropped = report.droppedRows > 0 ? ", \(report.droppedRows) rows with missing values left out" : ""
        var fit = "coefficients from a file"
        if let loss = report.loss, let mu = report.regularization, let gradient = report.gradientNorm {
            fit = "\(loss.rawValue), mu \(Format.number(mu)), gradient norm \(Format.number(gradient))"
        }
        return """
            \(rows)\(dropped)
            \(report.model.coefficients.count) features; \(fit); accuracy \(Format.percent(report.heldOutAccuracy))
            sensitivity \(Format.number(report.sensitivity)), ‖θ‖ \(Format.number(report.model.norm))
            """
    }

    private var noise: String {
        var table = TextTable(["ε", "δ", "σ classic", "σ analytic", "Laplace scale", "mean change of accuracy"])
        for (noise, effect) in zip(report.noise, report.effects) {
            table.add([
                Format.number(noise.epsilon), Format.number(noise.delta), noise.classic.map(Format.number) ?? "–",
                noise.analytic.map(Format.number) ?? "–", Format.number(noise.laplaceScale), accuracy(effect),
            ])
        }
        let reasons = Set(report.noise.compactMap(\.classicReason)).sorted().prefix(1).map { "– " + $0 }
        return ([table.text] + reasons).joined(separator: "\n")
    }

    /// The change of accuracy of all people: groups of one attribute weighed by their size.
    private func accuracy(_ effect: NoiseEffect) -> String {
        guard let partition = report.partitions.first else { return "" }
        let groups = effect.groups.filter { $0.partition == partition }
        let sizes = report.margins.filter { $0.partition == partition }.map { Double($0.people) }
        let total = sizes.reduce(0, +)
        let change = zip(groups, sizes).reduce(0) { $0 + $1.0.accuracyChange.mean * $1.1 / total }
        return String(format: "%+.2f %%", change * 100)
    }

    /// Per measure against all: without noise, and for every ε the expected change and what 95 % of the draws stay
    /// under, beside the smallest proven bound.
    private func changes(_ partition: String) -> String {
        let header =
            ["by \(partition)", "now", "95 % interval"]
            + report.effects.map {
                "ε \(Format.number($0.level.privacy.epsilon))"
            }
        var table = TextTable(header)
        for (place, measure) in (report.effects.first?.measures ?? []).enumerated()
        where measure.partition == partition && measure.name.hasSuffix("− all") {
            let value = report.values.first { $0.partition == partition && $0.name == measure.name }
            table.add(
                [measure.name, percent(measure.clean), interval(value)]
                    + report.effects.map { effect in
                        let found = effect.measures[place]
                        let expected = found.expectedChange.map(percent) ?? percent(found.change.mean)
                        let bound = found.certified.map { " ≤\(share($0))" } ?? ""
                        return "\(expected) \(share(found.changeQuantile))\(bound)"
                    })
        }
        for (place, gap) in (report.effects.first?.gaps ?? []).enumerated() where gap.partition == partition {
            let value = report.values.first { $0.partition == partition && $0.name == gap.name }
            table.add(
                [gap.name, percent(gap.clean), interval(value)]
                    + report.effects.map { effect in
                        let found = effect.gaps[place]
                        let bound = found.unionBound.map { " ≤\(share($0))" } ?? ""
                        return "\(percent(found.change.mean)) \(share(found.changeQuantile))\(bound)"
                    })
        }
        return table.text
    }

    private var conclusions: [String] {
        var lines = [
            "In percent: expected change, what \(report.confidence) % of the draws stay under, ≤ the smallest proven bound.",
            "",
        ]
        lines += report.firstToFlip.map {
            "First to flip by \($0.partition): \($0.group), \(Format.percent($0.expectedFlips)) of its decisions at ε "
                + "\(Format.number($0.epsilon)); \($0.reason)."
        }
        for effect in report.effects {
            let drift = effect.individual
            let radius = drift.radius.map { ", at most \(Format.number($0)) by σ(√p + √(2 ln 1/ζ))" } ?? ""
            let supported = effect.regimes.filter(\.isSupported).count
            let regime =
                effect.regimes.isEmpty
                ? "" : "; near-zero regime supported for \(supported) of \(effect.regimes.count) groups"
            lines.append(
                "ε \(Format.number(effect.level.privacy.epsilon)): the Lipschitz constant \(Format.number(drift.clean)) drifts by "
                    + "\(Format.number(drift.change.mean))\(radius)\(regime).")
        }
        let exceeded = report.effects.flatMap { $0.measures.filter { !$0.exceeded.isEmpty }.map(\.name) }
        lines.append(
            exceeded.isEmpty
                ? "Every bound held over the draws."
                : "Bounds exceeded: \(Set(exceeded).sorted().joined(separator: "; ")).")
        if let tolerance = report.tolerance {
            let observed = tolerance.observed.map(Format.number) ?? "none"
            let certified = tolerance.certified.map(Format.number) ?? "none"
            lines.append(
                "Every measure within \(Format.percent(tolerance.allowed)) with 95 % probability from ε \(observed) on by "
                    + "draws; proven by the bounds from ε \(certified) on.")
        }
        for point in report.growth?.points ?? [] {
            lines.append(
                "p = \(point.dimension), \(point.curve.rawValue): drift of ‖θ‖ \(Format.number(point.drift.mean)) (σ√p "
                    + "\(Format.number(point.rootLaw))), flips \(Format.percent(point.expectedFlips)), fairness change "
                    + "\(Format.percent(point.fairnessChange)), accuracy \(Format.percent(point.accuracy))")
        }
        return lines
    }

    private func percent(_ value: Double) -> String { String(format: "%+.2f", value * 100) }
    private func share(_ value: Double) -> String { String(format: "%.2f", value * 100) }

    private func interval(_ value: CleanValue?) -> String {
        value?.interval.map { "\(percent($0.lower)) … \(percent($0.upper))" } ?? "–"
    }

    /// What a release has spent.
    static func spent(_ made: ModelRelease) -> String {
        guard made.release.leaks.isEmpty else {
            return "this model is not private, and the file says so: \(made.release.leaks.joined(separator: "; ")). "
                + "Do not publish it."
        }
        let total = "epsilon \(Format.number(made.spent.epsilon)) at delta \(Format.number(made.spent.delta))"
        guard made.earlierCount > 0 else {
            return "first release from these data on record: \(total) spent. Publish this file alone."
        }
        return "warning: \(made.earlierCount) earlier on record from these data; with this one \(total) are spent "
            + "together. Each further release spends more."
    }
}
