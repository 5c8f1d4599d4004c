import Datasets
import Models
import Torch

/// The share of the development set that is taken for another class.
struct ClassificationDevelopment: DevelopmentTest {
    let data: OpenedData

    static let metricName = "error rate (top 1)"

    func figure(_ model: EmbeddingModel, on device: Device) throws -> (name: String, value: Double)? {
        guard let indices = data.split[Split.development] else { return nil }
        let (features, logits) = try model.classified(data.source, indices: indices, on: device)
        try CollapseError.check(features)
        let found = try logits.argumentOfMaximum(1).elements(as: Int64.self)
        let labels = try data.classNumbers(of: indices)
        let wrong = zip(found, labels).count { Int($0) != $1 }
        return (Self.metricName, Double(wrong) / Double(indices.count))
    }

    func completed(_ model: EmbeddingModel, on device: Device) throws -> EmbeddingModel { model }
}
