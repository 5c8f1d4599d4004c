import Foundation
import TestSupport
import Testing

/// A long run holds no more at its end than after its first epochs. (`bench-training` shows it over 10,000 steps.)
@Suite(.enabled(if: FileManager.default.fileExists(atPath: "/proc/self/status"), "reads /proc, which Linux has"))
struct FlatnessTests {
    private struct Sample {
        var residentKibibytes = Int.max
        var fileHandles = Int.max

        /// The least of a few moments: a loader's picture or a checkpoint may be open in one of them.
        mutating func look(at process: Int32) {
            let status = (try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)) ?? ""
            let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
            let resident = line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }
            residentKibibytes = min(residentKibibytes, resident ?? .max)
            let handles = try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/fd").count
            fileHandles = min(fileHandles, handles ?? .max)
        }
    }

    @Test func memoryAndFileHandlesDoNotGrow() throws {
        let margin = try Command()
        let (epochs, stepsPerEpoch) = (150, 3)
        let running = try margin.start(
            "train", "recipe.yaml", "--set", "training.epochs=\(epochs)", "training.checkpoint_every=1",
            "training.average=0.9", "augmentation.flip=0.5")
        func steps() -> Int {
            ((try? margin.folder.text("runs/toy/log.jsonl")) ?? "").components(separatedBy: "\"event\":\"step\"").count
                - 1
        }
        var (early, late) = (Sample(), Sample())
        while running.isRunning {
            let share = Double(steps()) / Double(epochs * stepsPerEpoch)
            if (0.1..<0.3).contains(share) { early.look(at: running.identifier) }
            if (0.75..<0.95).contains(share) { late.look(at: running.identifier) }
            Thread.sleep(forTimeInterval: 0.01)
        }
        #expect(try running.result().code == 0)
        #expect(early.fileHandles < .max && late.fileHandles <= early.fileHandles, "\(early), \(late)")
        #expect(late.residentKibibytes < early.residentKibibytes + 8 * 1024, "\(early), \(late)")
    }
}
