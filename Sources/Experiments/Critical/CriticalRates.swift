import Datasets
import Torch
import Verification

/// Measures decisions: accuracy, and the rates of some classes.
struct CriticalRates {
    /// The classes that are measured.
    let classes: [String]
    /// All classes, in the order of their numbers.
    let names: [String]
    /// The draws of the samples of a test set.
    let drawCount: Int
    let drawSeed: UInt64

    func metrics(_ set: String) -> [ClassificationMetric] {
        let rates = set == Split.development ? CriticalRate.ofDevelopment : CriticalRate.allCases
        return [.accuracy]
            + classes.flatMap { name -> [ClassificationMetric] in
                guard let index = names.firstIndex(of: name) else {
                    preconditionFailure("\(name) is measured and is no class")
                }
                return rates.filter { $0 != .accuracy }.map { $0.metric(of: index, named: name) }
            }
    }

    /// The rates of decisions on a set; of a test set with their draws, which are the same for all decisions on it.
    func found(_ decisions: ClassDecisions, set: String) throws -> StudyFindings {
        let metrics = metrics(set)
        let tally = ConfusionMatrix(decisions).tally
        var found = StudyFindings()
        found.figures = metrics.map {
            .init(metric: $0.name, subset: set, value: $0(tally), trials: decisions.samples.count)
        }
        guard set != Split.development else { return found }
        let bootstrap = ClassificationBootstrap(seed: drawSeed, drawCount: drawCount, threadCount: Libtorch.threadCount)
        for estimate in try bootstrap.estimates(of: metrics, on: decisions).estimates {
            found.keep(DrawnMetric(estimate), of: estimate.name, on: set)
        }
        return found
    }

    /// What guessing attains on a set: one class in C is right.
    func chance(set: String) -> StudyFindings {
        let chance = 1 / Double(names.count)
        var found = StudyFindings()
        for metric in metrics(set) {
            found.figures.append(.init(metric: metric.name, subset: set, value: chance, trials: nil))
            guard set != Split.development else { continue }
            found.keep(DrawnMetric(always: chance, drawCount: drawCount), of: metric.name, on: set)
        }
        return found
    }
}
