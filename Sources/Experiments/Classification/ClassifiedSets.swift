import Models
import Reports
import Verification

/// One model's figures on some sets, with all that a page shows of them.
struct ClassifiedSets: Sendable {
    let name: String
    let reports: [SetReport]
    let details: [ClassifiedSetDetails]
    let calibration: TemperatureCalibration?

    /// Measures sets that are classified.
    init(
        _ classified: [ClassificationTest.ClassifiedSet], test: ClassificationTest, model: EmbeddingModel,
        recipe: Recipe
    ) throws {
        name = recipe.name
        calibration = model.classifier?.calibration
        reports = try classified.map { SetReport(set: $0.set, report: try test.report($0)) }
        details = try zip(classified, reports).map { set, found in
            try ClassifiedSetDetails(
                set, report: found.report, data: test.data, model: model, critical: recipe.head.namedClasses,
                setCount: classified.count)
        }
    }
}

/// What was found on one set.
public struct SetReport: Codable, Sendable {
    public let set: String
    public let report: ClassificationReport
}

extension HeadRecipe {
    /// The classes that the head treats apart from the others, such as CAMRI's.
    var namedClasses: [String] {
        values.values.flatMap { value -> [String] in
            switch value {
            case .words(let words): words
            case .numbers(let numbers): numbers.keys.sorted()
            default: []
            }
        }
    }
}
