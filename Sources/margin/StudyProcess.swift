import ArgumentParser
import Experiments
import Foundation
import Training

/// Carries out each run of a study in a process of its own: what breaks one leaves the others alone, and each has
/// its share of the processors.
struct StudyProcess: Sendable {
    let jobs: Int
    let stop: StopSignal

    /// - Returns: false when the run was stopped before its end.
    @Sendable func launch(_ run: StudyRun) throws -> Bool {
        let process = Process()
        process.executableURL = Bundle.main.executableURL
        process.arguments = ["compare-run", String(decoding: try JSONEncoder().encode(run), as: UTF8.self)]
        var environment = ProcessInfo.processInfo.environment
        if jobs > 1 {
            environment["OMP_NUM_THREADS"] = "\(max(1, ProcessInfo.processInfo.activeProcessorCount / jobs))"
        }
        process.environment = environment
        // The run ends with this process, however that ends: nobody holds the other end of its input then.
        let lifeline = Pipe()
        process.standardInput = lifeline
        process.standardOutput = FileHandle.nullDevice
        let errors = Pipe()
        process.standardError = errors
        try process.run()
        let watch = DispatchSource.makeTimerSource(queue: .global())
        watch.schedule(deadline: .now(), repeating: 0.1)
        watch.setEventHandler {
            guard stop.isRequested, process.isRunning else { return }
            process.terminate()
            // A second one would end it without a checkpoint.
            watch.cancel()
        }
        watch.resume()
        let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        watch.cancel()
        try lifeline.fileHandleForWriting.close()
        if stop.isRequested, process.terminationStatus != 0 { return false }
        guard process.terminationStatus == 0 else {
            throw StudyProcessError(status: process.terminationStatus, output: text)
        }
        return true
    }
}

/// A run that could not be carried out.
struct StudyProcessError: Error, CustomStringConvertible {
    let status: Int32
    let output: String

    var description: String {
        let lines = output.split(separator: "\n").map(String.init)
        let reason = lines.first { $0.hasPrefix("Error: ") }.map { String($0.dropFirst("Error: ".count)) }
        return "a run ended with code \(status): \(reason ?? lines.suffix(5).joined(separator: "\n")). "
            + "What is finished is kept; the same command goes on"
    }
}

/// One run of a study, for ``StudyProcess``.
struct CompareRun: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare-run", abstract: "Carry out one run of a comparison.", shouldDisplay: false)

    @Argument(help: "The run, as JSON.")
    var description: String

    func run() throws {
        // A study that was killed takes its runs with it; the next one goes on from their checkpoints.
        Thread.detachNewThread {
            _ = FileHandle.standardInput.readDataToEndOfFile()
            _exit(1)
        }
        let interruption = Interruption()
        let run = try JSONDecoder().decode(StudyRun.self, from: Data(description.utf8))
        if try run.carryOut(stop: interruption.stop) == nil { throw ExitCode(interruption.exitCode) }
    }
}
