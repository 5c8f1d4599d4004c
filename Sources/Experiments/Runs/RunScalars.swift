import Foundation
import Reports
import Training

/// The course of a run as TensorBoard shows it: a file per session, in the run folder.
///
/// | group | scalars over steps |
/// |---|---|
/// | `train` | `loss`, `accuracy`, `target_angle_degrees`, `gradient_norm` |
/// | `schedule` | `learning_rate`, `margin_factor` |
/// | `speed` | `samples_per_second` |
/// | `development` | the figure under its full name |
struct RunScalars {
    private let file: EventFile
    private var lastSeconds: Double?

    init(folder: URL) throws {
        file = try EventFile(in: folder)
    }

    mutating func write(_ event: TrainingEvent) throws {
        switch event {
        case .stepped(let report, _): try file.add(scalars(report), step: report.step)
        case .evaluated(let step, _, let name, let value, _): try file.add([("development/\(name)", value)], step: step)
        case .classUpdates, .began, .outOfPatience, .saved, .passedOver: break
        }
    }

    private mutating func scalars(_ report: StepReport) -> [(name: String, value: Double)] {
        var scalars: [(name: String, value: Double)] = [
            ("train/loss", report.loss), ("train/accuracy", report.accuracy),
            ("train/gradient_norm", report.gradientNorm),
            ("schedule/learning_rate", report.learningRate), ("schedule/margin_factor", report.marginFactor),
        ]
        if let angle = report.targetAngle { scalars.append(("train/target_angle_degrees", angle * 180 / .pi)) }
        if let lastSeconds, report.seconds > lastSeconds {
            scalars.append(("speed/samples_per_second", Double(report.sampleCount) / (report.seconds - lastSeconds)))
        }
        lastSeconds = report.seconds
        return scalars
    }
}
