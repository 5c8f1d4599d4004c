// A contestant in scripts/bench/heads.py: computes a head's loss and gradients when it is told to.
//
//   bench-heads HEAD BATCH DIMENSION CLASSES START.safetensors [planted]
//
// writes the features, weights and labels it starts from to a file, so that others compute the same, then reads
// lines `head N`, `floor N` and `fastest N` and answers each with N durations, the loss and the peak of memory, as JSON.
// Planted features lie near their own classes, as late in training.

import Foundation

@main
struct Main {
    static func main() throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        guard (5...6).contains(arguments.count), arguments.dropFirst(5).allSatisfy({ $0 == "planted" }),
            let batch = Int(arguments[1]), let dimension = Int(arguments[2]),
            let classes = Int(arguments[3]), min(batch, dimension, classes) > 0
        else {
            FileHandle.standardError.write(
                Data("usage: bench-heads HEAD BATCH DIMENSION CLASSES START.safetensors [planted]\n".utf8))
            exit(64)
        }
        let problem = try HeadTimes(
            head: arguments[0], batch: batch, dimension: dimension, classes: classes,
            isPlanted: arguments.count == 6)
        try problem.save(to: URL(fileURLWithPath: arguments[4]))
        let floor = try FloorTimes(batch: batch, dimension: dimension, classes: classes)
        while let line = readLine() {
            let words = line.split(separator: " ")
            guard words.count == 2, let count = Int(words[1]) else { break }
            let answer =
                switch words[0] {
                case "floor": try floor.measure(count)
                case "fastest": try floor.measureFastest(count)
                default: try problem.measure(count)
                }
            print(String(decoding: try JSONEncoder().encode(answer), as: UTF8.self))
            fflush(nil)
        }
    }
}

struct Answer: Encodable {
    let seconds: [Double]
    let loss: Double
    /// Bytes of memory in use before the first computation, and at the peak so far (Linux).
    var before: Int?
    var peak: Int?
}

/// A line of the system's account of this process, in bytes.
func residentBytes(_ line: String) throws -> Int {
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let found = status.split(separator: "\n").first { $0.hasPrefix(line + ":") }
    return (found?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * 1024
}
