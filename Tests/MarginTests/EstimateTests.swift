import Foundation
import TestSupport
import Testing

@Suite struct EstimateTests {
    private let margin: Command

    init() throws {
        margin = try Command()
        // Class weights and velocities are 100 MB, a third of all. The second measurement is no better than the first.
        try margin.folder.write(
            "drawn.yaml",
            """
            name: drawn
            data: {format: synthetic, identities: 24000, held_out: 3, size: 16}
            pictures: {size: [16, 16], color: rgb}
            network: {name: sfnet-small, channels: [8, 8, 8, 8], blocks: [0, 0, 0, 0], embedding: 512}
            head: {name: arcface}
            training: {epochs: 1, batch: 16, workers: 1, learning_rate: 1e-12, validate_every: 2, patience: 1}
            evaluation: {sets: [test]}

            """)
    }

    private func number(_ json: [String: Any], _ keys: String...) throws -> Double {
        let section = keys.dropLast().reduce(json) { $0[$1] as? [String: Any] ?? [:] }
        return try #require((section[keys.last ?? ""] as? NSNumber)?.doubleValue)
    }

    /// Of the parts the class matrix is known; the whole is compared with what a run then held.
    @Test(
        .enabled(if: FileManager.default.fileExists(atPath: "/proc/self/status"), "peaks are read from Linux's /proc"))
    func memoryIsWhatTrainingTakes() throws {
        let estimate = try margin("estimate", "drawn.yaml", "--json").json()
        #expect(try number(estimate, "classes") == 24000 && number(estimate, "embeddingSize") == 512)
        #expect(try number(estimate, "steps") == 1500 && number(estimate, "batch") == 16)
        #expect(try number(estimate, "memory", "classWeights") == 24000 * 512 * 4)
        #expect(try number(estimate, "memory", "classState") == 24000 * 512 * 4)
        #expect(try number(estimate, "memory", "classGradient") == 0)
        #expect(estimate["updatesInTiles"] as? Bool == true)
        let step = try number(estimate, "time", "step")
        #expect(abs(try number(estimate, "time", "total") - 1500 * step) < 1e-6 * 1500 * step)
        #expect(!margin.folder.has("runs"))

        let trained = try margin("train", "drawn.yaml", "--json")
        #expect(trained.errors.contains("updated tile by tile"))
        let peak = try number(trained.json(), "peakMemory")
        // Pictures are kept for later epochs; here are none.
        let expected = try number(estimate, "memory", "peak") - number(estimate, "memory", "pictures")
        #expect(abs(expected - peak) < 0.15 * peak, "\(expected) for \(peak)")
    }

    @Test func peopleReadIt() throws {
        let text = try margin(
            "estimate", "drawn.yaml", "--set", "data.identities=300", "training.optimizer=adamw",
            "training.learning_rate=0.001")
        #expect(text.code == 0, "\(text.errors)")
        #expect(text.output.contains("300 classes × 512, batches of 16, 18 steps"))
        #expect(text.output.contains("at the peak") && text.output.contains("a step"))
    }

    @Test func whatCannotBeTrainedIsRefused() throws {
        #expect(
            try margin("estimate", "drawn.yaml", "--set", "training.device=gpu").refused("gpu"))
        #expect(
            try margin("train", "drawn.yaml", "--set", "training.mixup=0.3", "training.class_updates=tiles")
                .refused("training.class_updates", "mixup"))
        #expect(
            try margin("train", "drawn.yaml", "--set", "data.held_out=1").refused("data.held_out", "strangers"))
        #expect(
            try margin("train", "recipe.yaml", "--set", "data.identities=5")
                .refused("data.identities", "no meaning with format: folders"))
    }
}
