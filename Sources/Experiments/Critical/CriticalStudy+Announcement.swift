/// What a study will take.
extension CriticalStudy {
    /// Tells how many runs there are to do, and the seconds they may take. Which settings will be chosen is not known
    /// before all are tried: until then every rule counts as choosing another one.
    func announce(_ queue: StudyQueue, jobs: Int, _ observer: (Event) -> Void) throws {
        let targets = try expectedTargets()
        let tried = try runsOfRanking() + runsOfSearch(targets)
        let open = queue.unfinished(tried)
        let chosen = open.isEmpty ? try queue.unfinished(runsWithChosen(targets)).count : mostChosen(targets)
        let epochsLeft = open.reduce(0) { $0 + $1.epochs } + chosen * epochs.whole
        let runs = open.count + chosen
        let perEpoch =
            runs == 0
            ? 0 : try study.secondsPerEpoch(jobs: jobs, system: CriticalMethod.crossEntropy.system(targets[0]))
        // A bias takes no run of its own.
        let finished = Set(try file.rows().map(\.run)).count { !$0.settings.hasPrefix(ShiftReason.key) }
        observer(
            .run(.planned(runs: runs, finished: finished, seconds: perEpoch * Double(epochsLeft) / Double(jobs))))
        queue.expect(runs: runs, epochs: epochsLeft)
    }

    /// The targets, or as many others where those that are asked for by role are not known yet.
    private func expectedTargets() throws -> [CriticalTarget] {
        if let known = try? targets() { return known }
        return wish.isTogether
            ? [CriticalTarget([measurable[0]])] : classes.prefix(wish.words.count).map { CriticalTarget([$0]) }
    }

    /// How many runs with chosen settings there are at most.
    private func mostChosen(_ targets: [CriticalTarget]) -> Int {
        let settings = CriticalMethod.trained.reduce(0) { sum, method in
            let tried = plan.grid.settings(method, count: plan.settingCount).count
            let choices = plan.tolerances.count * targets.count
            return sum
                + (method.dependsOnTarget ? targets.count * min(tried, plan.tolerances.count) : min(tried, choices))
        }
        return settings * plan.seedCount
    }
}
