import Models
import Torch

/// What development data say of a model while it is trained, and what they add to it in the end.
protocol DevelopmentTest: Sendable {
    /// What epochs are chosen by, lower is better; `nil` where there are no development data.
    func figure(_ model: EmbeddingModel, on device: Device) throws -> (name: String, value: Double)?

    /// The model with what is chosen on development data once it is trained; as it was where there are none.
    func completed(_ model: EmbeddingModel, on device: Device) throws -> EmbeddingModel

    /// What the page of the run shows; `nil` where there are no development data.
    func findings(_ model: EmbeddingModel, on device: Device) throws -> (any RunFindings)?
}

extension RecipeTask {
    func developmentTest(_ recipe: Recipe, data: OpenedData) -> any DevelopmentTest {
        switch self {
        case .verification: VerificationDevelopment(recipe: recipe, data: data)
        case .classification: ClassificationDevelopment(recipe: recipe, data: data)
        }
    }
}
