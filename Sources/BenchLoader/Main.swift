// Measures loading, for scripts/bench/loader.py, which makes the pictures and measures the peers in the same run.
//
//   scripts/swift.sh run -c release bench-loader load FOLDER SIDE WORKERS SECONDS     pictures per second
//   scripts/swift.sh run -c release bench-loader wait FOLDER NETWORK SIDE BATCH STEPS  what a step waits for
//
// FOLDER holds a folder of pictures per class.

import Foundation

@main
struct Main {
    static func main() throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        let numbers = arguments.dropFirst(2).compactMap { Int($0) }
        switch (arguments.first, arguments.count, numbers.count) {
        case ("load", 5, 3):
            try measureLoading(folder: arguments[1], side: numbers[0], workers: numbers[1], seconds: numbers[2])
        case ("wait", 6, 3):
            try measureWaiting(
                folder: arguments[1], network: arguments[2], side: numbers[0], batch: numbers[1], steps: numbers[2])
        default:
            print("usage: bench-loader load FOLDER SIDE WORKERS SECONDS | wait FOLDER NETWORK SIDE BATCH STEPS")
            exit(64)
        }
    }
}
