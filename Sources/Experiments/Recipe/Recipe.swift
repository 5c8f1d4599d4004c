import AngularMargin
import Datasets
import Models
import Networks
import Training

/// One experiment, in full: data, pictures, network, head, training, evaluation.
///
/// ```yaml
/// name: my-faces
/// data: {path: my_faces}            # a folder per person
/// pictures: {size: [112, 112], color: rgb}
/// network: {name: sfnet-20}
/// head: {name: sphereface2, variant: C}
/// training: {epochs: 40}
/// ```
///
/// With `task: classification` the model tells the classes of training apart, and is measured on other pictures of them.
///
/// Everything that is left out has a default; the recipe as resolved, with all of them, is written to
/// the run folder.
public struct Recipe: Sendable {
    /// Names the run folder, runs/<name>.
    public var name: String
    /// Decides everything random: initial weights, order, augmentation, bootstrap.
    public var seed: Int
    public var task: RecipeTask
    public var data: DataRecipe
    public var transform: PictureTransform
    public var augmentation: Augmentation
    public var network: NetworkDescription
    /// What the network begins with; `nil` for random weights.
    public var initialWeights: InitialWeights?
    /// What is frozen, or learned at another rate, by name.
    public var parameterRules: ParameterRules
    public var head: HeadRecipe
    public var training: TrainingRecipe
    public var evaluation: EvaluationRecipe
    /// The recipe with every default written out, as YAML.
    public let resolved: String
    /// The file it was read from, for messages.
    public let file: String

    /// Reads a recipe.
    ///
    /// - Throws: ``RecipeError`` with file, line and key.
    public init(_ document: RecipeDocument) throws {
        let root = try document.root()
        file = document.file
        name = try root.required("name")
        guard !name.isEmpty, !name.contains("/"), !name.hasPrefix(".") else {
            throw root.error("name", "names the run folder: a word without “/” that does not begin with “.”")
        }
        seed = try root.value("seed", default: 1, in: 0..., "0 or more")
        // Not in the resolved recipe unless it is given: runs and studies that were begun before there was a choice go on.
        task = try root.optionalChoice("task") ?? .verification
        data = try DataRecipe(root.section("data"), recipeFile: document.file, task: task)
        transform = try PictureTransform(root.section("pictures"))
        augmentation = try Augmentation(root.section("augmentation"))
        let networkSection = try root.section("network")
        initialWeights = try InitialWeights(networkSection)
        let headSection = try root.section("head")
        let trainingSection = try root.section("training")
        parameterRules = try ParameterRules(
            network: networkSection, training: trainingSection, hasInitialWeights: initialWeights != nil)
        network = try NetworkDescription(networkSection, input: transform.shape)
        head = try HeadRecipe(headSection)
        training = try TrainingRecipe(trainingSection)
        evaluation = try EvaluationRecipe(root.section("evaluation"), task: task)
        try root.finish()
        resolved = try root.resolvedText()
    }
}
