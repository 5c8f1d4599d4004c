import Foundation

/// Runs another program of the system.
enum Subprocess {
    /// The program ended with another exit code than 0.
    struct Failure: Error, CustomStringConvertible {
        let command: String
        let output: String

        var description: String { "\(command) failed: \(output)" }
    }

    /// What the program prints, standard error included.
    ///
    /// - Throws: ``Failure`` when it cannot be found or fails.
    @discardableResult
    static func run(_ arguments: [String], in folder: String? = nil) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder, isDirectory: true) }
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(
                command: arguments.joined(separator: " "),
                output: output.trimmingCharacters(in: .whitespacesAndNewlines))
        }
        return output
    }
}
