/// The choice of a setting on validation data: the highest mean recall whose mean accuracy is not below a floor, which
/// is cross-entropy's own mean accuracy, less a tolerance. (The paper's rule, read from its table's caption, has none.)
struct CriticalSelection {
    /// What validation data say of one setting.
    struct Candidate: Equatable {
        let setting: [String]
        let accuracy: Double
        let recall: Double
    }

    /// In the order in which they are tried.
    let candidates: [Candidate]

    /// Means of figures that a result file rounds to 10⁻⁶ are compared to that.
    static let rounding = 1e-6

    /// The choice; `nil` where no setting keeps the accuracy. Of equal recalls the higher accuracy, then the first.
    func best(keepingAccuracy floor: Double) -> Candidate? {
        candidates.enumerated().filter { $0.element.accuracy >= floor - Self.rounding }.max { first, second in
            (first.element.recall, first.element.accuracy, -first.offset)
                < (second.element.recall, second.element.accuracy, -second.offset)
        }?.element
    }

    /// What stage 1 found of a method.
    init(
        _ figures: CriticalFigures, method: CriticalMethod, target: CriticalTarget, settings: [[String]], epochs: Int
    ) {
        let system = method.system(target).name
        candidates = settings.compactMap { setting in
            let text = (setting + ["training.epochs=\(epochs)"]).joined(separator: " ")
            let runs = figures.runs(.search, system, settings: text)
            guard
                let accuracy = figures.mean(.accuracy, target, over: runs, subset: StudyRow.development),
                let recall = figures.mean(.recall, target, over: runs, subset: StudyRow.development)
            else { return nil }
            return Candidate(setting: setting, accuracy: accuracy, recall: recall)
        }
    }

    init(candidates: [Candidate]) {
        self.candidates = candidates
    }
}
