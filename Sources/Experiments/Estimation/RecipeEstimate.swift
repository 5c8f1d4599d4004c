import AngularMargin
import Datasets
import Foundation
import Torch
import Training

/// What training by a recipe will take in memory and time, before it is begun.
///
/// The network is measured by a few real steps with a few of the classes; the head by steps of its own, with as many
/// classes as tell what each of them costs. What grows with the classes is computed: weights, gradients where they
/// exist, what the optimiser keeps, and pictures that are kept.
public struct RecipeEstimate: Encodable, Sendable {
    /// Bytes.
    public struct Memory: Encodable, Sendable {
        /// What the process held at its peak in real steps with a few classes: the program, the list of samples, the
        /// network with its gradients and activations.
        public let measured: Int
        /// All class weights, their gradient where they are not updated in tiles, and what the optimiser keeps.
        public let classWeights: Int
        public let classGradient: Int
        public let classState: Int
        /// What the head computes with beyond that: similarities or pieces of them, and numbers per class.
        public let headWorkspace: Int
        /// Decoded pictures that are kept for later epochs.
        public let pictures: Int
        /// The most at a time.
        public let peak: Int
    }

    /// Seconds.
    public struct Time: Encodable, Sendable {
        /// Of a step: the network and whatever else there is but the head.
        public let network: Double
        /// Of a step: the head, with the update of its weights.
        public let head: Double
        public let step: Double
        /// Of all steps; measurements on development data come on top.
        public let total: Double
    }

    public let classes: Int
    public let embeddingSize: Int
    public let batch: Int
    public let steps: Int
    public let updatesInTiles: Bool
    public let memory: Memory
    public let time: Time

    /// What is measured.
    public enum Stage: String, Sendable {
        case data, network, head
    }

    /// Classes that are enough to measure everything but the head.
    private static let few = 2048

    /// - Parameter progress: called as each measurement begins.
    /// - Throws: what keeps the recipe from being trained.
    public init(_ recipe: Recipe, roots: DataRoots, progress: (Stage) -> Void = { _ in }) throws {
        let device = try Device(named: recipe.training.device)
        guard device == .cpu else {
            throw RecipeError(
                file: recipe.file, key: "training.device", message: "is \(device); estimates are made for the CPU")
        }
        progress(.data)
        let data = try OpenedData(recipe.data, roots: roots)
        let afterOpening = ResidentMemory.peak
        progress(.network)
        ResidentMemory.forgetPeak()
        let count = data.classes.names.count
        let few = min(count, max(Self.few, recipe.training.batch))
        let parts = try TrainingParts(recipe, data: data, initialState: nil, device: device, classLimit: few)
        let timing = try parts.timing(workers: recipe.training.workers) { _, _ in }
        let measured = ResidentMemory.peak
        progress(.head)
        classes = count
        embeddingSize = parts.embeddingSize
        batch = parts.batchSize
        steps = try TrainingParts.stepCount(recipe, data: data)
        let cost = HeadCost(
            recipe: recipe, classNames: data.classes.names, batch: batch, embeddingSize: embeddingSize, plan: parts.plan
        )
        updatesInTiles = TrainingLoop.updatesInTiles(
            parts.plan, mixup: recipe.training.mixup, head: parts.head, classCount: count)
        memory = Self.memory(
            recipe, parts: parts, measured: measured, afterOpening: afterOpening, classes: count, few: few,
            inTiles: updatesInTiles)

        // So many that most go the same way through the head as all of them do.
        let many = min(count, max(1 << 14, 4 * Head.recomputedFrom(batch: batch)))
        let ofFew = try cost.seconds(classes: few)
        let ofMany = many == few ? ofFew : try cost.seconds(classes: many)
        let head = ofMany * Double(count) / Double(many)
        let network = max(0, timing.step - ofFew)
        time = Time(network: network, head: head, step: network + head, total: (network + head) * Double(steps))
    }

    private static func memory(
        _ recipe: Recipe, parts: TrainingParts, measured: Int, afterOpening: Int, classes: Int, few: Int, inTiles: Bool
    ) -> Memory {
        let head = parts.head
        let matrix = 4 * head.weight.count / few * classes
        let states = recipe.training.optimizer.stateCount
        func workspace(_ classes: Int) -> Int {
            let compared = Int((head.head.sampling?.rate ?? 1) * Double(classes))
            return head.head.workspace(batch: parts.batchSize, classes: compared, embeddingSize: parts.embeddingSize)
                + 16 * classes
        }
        let pictures = parts.samples.cacheNeed
        let gradient = inTiles ? 0 : matrix
        let share = { (bytes: Int) in bytes / classes * (classes - few) }
        let more =
            share(matrix) * (1 + states) + share(gradient) + workspace(classes) - workspace(few)
            + max(0, pictures.whole - pictures.held)
        return Memory(
            measured: measured, classWeights: matrix, classGradient: gradient, classState: states * matrix,
            headWorkspace: workspace(classes), pictures: pictures.whole, peak: max(afterOpening, measured + more))
    }
}
