import ArgumentParser
import Experiments
import Foundation
import Training

/// How a study is run, and how its tables are printed.
struct StudyOptions: ParsableArguments {
    @Option(help: "The folder of result files.")
    var results = "Results"

    @Option(help: "The folder of all runs.")
    var runs = "runs"

    @Option(help: "Runs side by side, each with its share of the processors.")
    var jobs = 1

    @Flag(help: "Run nothing: make the tables from the result file.")
    var table = false

    @Flag(help: "Print the tables as Markdown.")
    var markdown = false

    func validate() throws {
        if jobs < 1 { throw ValidationError("--jobs is a number of runs side by side, 1 or more") }
    }

    /// Runs what is missing of a study, unless the tables alone are asked for.
    ///
    /// - Parameter body: runs it; `false` where it was stopped before its end.
    /// - Throws: `ExitCode` after an interruption; a `ValidationError` where tables are asked for and there are no results.
    func complete(_ file: StudyFile, _ body: (StudyProcess, StopSignal) throws -> Bool) throws {
        if table {
            guard FileManager.default.fileExists(atPath: file.path) else {
                throw ValidationError(
                    "\(file.path): there is no such study; --study names one, and without --table it is run")
            }
            return
        }
        let interruption = Interruption()
        guard try body(StudyProcess(jobs: jobs, stop: interruption.stop), interruption.stop) else {
            Output.note("stopped; what is finished is in \(file.path). The same command goes on")
            throw ExitCode(interruption.exitCode)
        }
    }
}

/// Refuses options below 1.
func requirePositive(_ options: KeyValuePairs<String, Int>) throws {
    for (name, value) in options where value < 1 { throw ValidationError("\(name) is 1 or more") }
}

/// Refuses draws too few for an interval.
func requireDraws(_ count: Int) throws {
    if count < 100 { throw ValidationError("--draws is 100 or more: fewer show no tails") }
}
