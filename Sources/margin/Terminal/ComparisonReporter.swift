import Experiments
import Foundation

/// Shows a comparison as it goes: what it will take, and one line per finished run.
final class ComparisonReporter: Sendable {
    /// What the development figure of a finished run is.
    private let figure: String

    init(figure: String) {
        self.figure = figure
    }

    @Sendable func report(_ event: Comparison.Event) {
        switch event {
        case .planned(let runs, let finished, let seconds):
            let earlier = finished > 0 ? ", \(finished) are finished" : ""
            Output.note(
                runs == 0
                    ? "all \(finished) runs are finished"
                    : "\(runs) runs to do\(earlier): about \(Format.duration(seconds))")
        case .began:
            break
        case .finished(let run, let development, let collapse, let done, let total, let left):
            let figure =
                collapse.map { "broke down (\($0)), counts as chance" }
                ?? development.map { "\(self.figure) \(Format.percent($0))" } ?? "finished"
            let settings = run.settings.isEmpty ? "" : " \(run.settings)"
            Output.note(
                "\(done)/\(total) \(run.stage.rawValue), fold \(run.fold), \(run.system)\(settings), seed \(run.seed): "
                    + "\(figure); about \(Format.duration(left)) left")
        }
    }
}
