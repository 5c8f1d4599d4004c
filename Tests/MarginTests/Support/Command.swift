import Foundation
import TestSupport
import Testing

/// The built command, run in a folder of its own with toy pictures.
struct Command {
    let folder: TemporaryFolder

    /// What came of a run.
    struct Result {
        let code: Int32
        let output: String
        let errors: String

        /// The result on standard output, which must be JSON alone.
        func json() throws -> [String: Any] {
            try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
        }

        /// Ended with an error that is one message, and nothing on standard output.
        func refused(_ parts: String...) -> Bool {
            code == 1 && output.isEmpty && errors.hasPrefix("Error: ")
                && errors.components(separatedBy: "Error: ").count == 2 && parts.allSatisfy(errors.contains)
        }
    }

    /// With eight people of six pictures each under `data/`, and `recipe.yaml`.
    init() throws {
        folder = try TemporaryFolder()
        try Toy.write(identities: 8, pictures: 6, to: folder, named: "data/people")
        try folder.write("recipe.yaml", ToyRecipe.text)
    }

    /// The folder of the build: tests and command lie side by side.
    private static let products: URL = {
        let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }
        return bundle?.bundleURL.deletingLastPathComponent()
            ?? Bundle.main.executableURL?.deletingLastPathComponent() ?? Bundle.main.bundleURL
    }()

    /// Runs `margin` with arguments to its end.
    func callAsFunction(_ arguments: String...) throws -> Result {
        try Running(arguments, in: folder).result()
    }

    /// The same with the arguments as a list.
    func run(_ arguments: [String]) throws -> Result {
        try Running(arguments, in: folder).result()
    }

    /// Runs `margin` to its end where no file may grow beyond a number of blocks of 512 bytes.
    func limited(blocks: Int, _ arguments: [String]) throws -> Result {
        let script = "ulimit -f \(blocks) && exec \"$@\""
        return try Running(["-c", script, "sh", Self.executable.path] + arguments, of: "/bin/sh", in: folder).result()
    }

    /// Starts `margin`.
    func start(_ arguments: String...) throws -> Running { try start(arguments) }

    func start(_ arguments: [String]) throws -> Running { try Running(arguments, in: folder) }

    private static let executable = products.appending(path: "margin")

    final class Running {
        private let process = Process()
        private let streams: TemporaryFolder

        fileprivate init(
            _ arguments: [String], of program: String = Command.executable.path, in folder: TemporaryFolder
        ) throws {
            streams = try TemporaryFolder()
            process.executableURL = URL(filePath: program)
            process.arguments = arguments
            process.currentDirectoryURL = URL(filePath: folder.path)
            var environment = ProcessInfo.processInfo.environment
            environment["ANGULARMARGIN_DATA"] = nil
            process.environment = environment
            process.standardInput = FileHandle.nullDevice
            process.standardOutput = try handle("output")
            process.standardError = try handle("errors")
            try process.run()
        }

        /// Files, not pipes: they never fill up.
        private func handle(_ name: String) throws -> FileHandle {
            try FileHandle(forWritingTo: URL(filePath: streams.write(name, "")))
        }

        var identifier: Int32 { process.processIdentifier }

        var isRunning: Bool { process.isRunning }

        /// Waits for something that the process does, or for its end.
        func wait(every interval: TimeInterval = 0.01, until isDone: () -> Bool) {
            while isRunning, !isDone() { Thread.sleep(forTimeInterval: interval) }
        }

        func interrupt() { process.interrupt() }

        /// The polite kill.
        func terminate() { process.terminate() }

        /// The kill that no process can answer.
        func kill() { Foundation.kill(process.processIdentifier, SIGKILL) }

        func result() throws -> Result {
            process.waitUntilExit()
            return Result(
                code: process.terminationStatus, output: try streams.text("output"),
                errors: try streams.text("errors"))
        }
    }
}
