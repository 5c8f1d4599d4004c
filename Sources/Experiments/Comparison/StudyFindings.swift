import Verification

/// What was measured of a run of a study.
struct StudyFindings {
    var figures: [StudyRun.Figure] = []
    /// By ``StudyRun/drawKey(subset:metric:)``.
    private(set) var draws: [String: DrawnMetric] = [:]

    mutating func add(_ other: StudyFindings) {
        figures += other.figures
        draws.merge(other.draws) { $1 }
    }

    /// Keeps a metric of a set on every draw.
    mutating func keep(_ drawn: DrawnMetric, of metric: String, on subset: String) {
        draws[StudyRun.drawKey(subset: subset, metric: metric)] = drawn
    }
}
