import Foundation
import Testing

extension Command {
    /// A study that is killed and started again ends as one that was not.
    ///
    /// - Parameters:
    ///   - whole: what the study came to without being killed.
    ///   - isUnderWay: whether its result file, so far, has come to where it is to be killed.
    func checkGoingOn(
        _ arguments: [String], to whole: Result, results: String, killedWhen isUnderWay: (String) -> Bool
    ) throws {
        let running = try start(arguments)
        running.wait { (try? folder.text(results)).map(isUnderWay) ?? false }
        running.kill()
        _ = try running.result()
        let resumed = try run(arguments)
        #expect(resumed.code == 0 && resumed.output == whole.output, "\(resumed.errors)")
        #expect(resumed.errors.contains("finished: about "))
    }

    /// A study that is interrupted says how to go on.
    ///
    /// - Parameter file: what is there once runs are under way.
    func checkInterruption(_ arguments: [String], once file: String) throws {
        let running = try start(arguments)
        running.wait { folder.has(file) }
        running.interrupt()
        let result = try running.result()
        #expect(result.code == 130 && result.errors.contains("The same command goes on"), "\(result.errors)")
    }
}
