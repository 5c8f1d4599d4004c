import Experiments
import Foundation
import Training

/// Shows a training run as it goes: what is trained on, one line per epoch, and a line of progress.
final class TrainingReporter {
    private let line = ProgressLine()
    private var stepsBefore: Int?
    private var samples = 0
    private var losses: [Double] = []

    func report(_ event: TrainingExperiment.Event) {
        switch event {
        case .opened(let task, let sets, let parameters, let steps):
            for set in sets { Output.note("\(set.name): \(set.pictures) pictures of \(set.identities) \(task.labels)") }
            Output.note("\(parameters) parameters, \(steps) steps")
        case .skipped(let skipped):
            let shown = skipped.prefix(3).map { "\($0.path), which \($0.reason)" }.joined(separator: "; ")
            let more = skipped.count > 3 ? "; … (`margin doctor` lists all)" : ""
            Output.note("\(skipped.count) files and folders among the data are passed over: \(shown)\(more)")
        case .initialized(let sentence):
            Output.note(sentence)
        case .relabelled(let count, let all):
            Output.note("\(count) of \(all) training labels are wrong on purpose (data.label_noise)")
        case .resumed(let step):
            Output.note("resumed after step \(step)")
        case .surroundingsChanged(let changes):
            Output.note(
                "goes on in other surroundings, so that the last digits may differ: "
                    + changes.joined(separator: "; "))
        case .training(let event):
            report(event)
        case .profiled(let found):
            line.clear()
            Output.note(found.table())
            Output.note("trace, for ui.perfetto.dev or chrome://tracing: \(found.trace.path)")
        case .thresholds(let thresholds):
            for threshold in thresholds {
                let warning = threshold.isSupported ? "" : " (too few trials to support this rate)"
                let rate = Format.number(threshold.falseAcceptRateAsked)
                Output.note(
                    "threshold \(Format.number(threshold.threshold)) at FAR \(rate) on development data: "
                        + "TAR \(Format.percent(threshold.trueAcceptRate))\(warning)")
            }
        }
    }

    private func report(_ event: TrainingEvent) {
        switch event {
        case .classUpdates(true, _):
            Output.note("class weights are updated tile by tile, without a gradient of their size")
        case .classUpdates(false, let obstacle):
            Output.note("class weights are updated as a whole: \(obstacle ?? "")")
        case .began(let expected, let measured):
            let hint = expected.map { " (expected of this head at the start: about \(Format.number($0)))" } ?? ""
            Output.note("first loss \(Format.number(measured))\(hint)")
        case .stepped(let report, let total):
            step(report, of: total)
        case .evaluated(let step, let epoch, let name, let value, let isBest):
            line.clear()
            let loss = losses.isEmpty ? "" : "loss \(Format.number(losses.reduce(0, +) / Double(losses.count))), "
            losses = []
            let figure = "development \(name) \(Format.percent(value))"
            Output.note("epoch \(epoch): \(loss)\(figure) (step \(step))\(isBest ? ", kept" : "")")
        case .outOfPatience(let measurements):
            Output.note("ends here: \(measurements) measurements in a row brought nothing better")
        case .saved:
            break
        case .passedOver(let path, let reason):
            line.clear()
            Output.note("passed over \(path): \(reason)")
        }
    }

    private func step(_ report: StepReport, of total: Int) {
        let first = stepsBefore ?? report.step - 1
        stepsBefore = first
        samples += report.sampleCount
        losses.append(report.loss)
        let secondsPerStep = report.seconds / Double(report.step - first)
        let angle = report.targetAngle.map { " · target angle \(Format.degrees($0))" } ?? ""
        line.show(
            "step \(report.step)/\(total) · loss \(Format.number(report.loss))\(angle)"
                + " · accuracy \(Format.percent(report.accuracy, digits: 0))"
                + " · rate \(Format.number(report.learningRate))"
                + " · \(Format.rate(Double(samples) / report.seconds))/s"
                + " · \(Format.duration(secondsPerStep * Double(total - report.step))) left")
    }

    func finish() {
        line.clear()
    }
}
