import Experiments
import Foundation

/// An estimate as people read it.
struct EstimateText {
    private let estimate: RecipeEstimate

    init(_ estimate: RecipeEstimate) {
        self.estimate = estimate
    }

    var text: String {
        let (memory, time) = (estimate.memory, estimate.time)
        let gradient = estimate.updatesInTiles ? " (updated tile by tile: no gradient of their size)" : ""
        return """
            \(estimate.classes) classes × \(estimate.embeddingSize), batches of \(estimate.batch), \(estimate.steps) steps

            memory  \(bytes(memory.peak)) at the peak
              program, samples, network   \(bytes(memory.measured))
              class weights               \(bytes(memory.classWeights))\(gradient)
              their gradient              \(bytes(memory.classGradient))
              their optimiser's state     \(bytes(memory.classState))
              the head's workspace        \(bytes(memory.headWorkspace))
              decoded pictures            \(bytes(memory.pictures))

            time    \(milliseconds(time.step)) a step, \(Format.duration(time.total)) in all
              network                     \(milliseconds(time.network))
              head                        \(milliseconds(time.head))
            """
    }

    private func bytes(_ count: Int) -> String {
        count < 1_000_000_000
            ? String(format: "%.0f MB", Double(count) / 1e6) : String(format: "%.2f GB", Double(count) / 1e9)
    }

    private func milliseconds(_ seconds: Double) -> String {
        seconds < 1 ? String(format: "%.1f ms", seconds * 1000) : String(format: "%.2f s", seconds)
    }
}
