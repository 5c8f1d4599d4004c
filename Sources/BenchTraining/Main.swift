// A contestant in scripts/bench/training.py: does training steps when it is told to.
//
//   bench-training NETWORK ACTIVATION BATCH START.safetensors
//
// writes the weights it starts from, its pictures and its labels to a file, so that others train the same,
// then reads a number of steps per line and answers each with the steps' seconds and the last loss, as JSON.

import AngularMargin
import Foundation
import Networks
import Torch
import Training

@main
struct Main {
    static func main() throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        guard arguments.count == 4, let activation = Activation.Kind(rawValue: arguments[1]),
            let batch = Int(arguments[2]), batch > 1
        else {
            FileHandle.standardError.write(
                Data("usage: bench-training NETWORK prelu|relu BATCH START.safetensors\n".utf8))
            exit(64)
        }
        let contestant = try Contestant(network: arguments[0], activation: activation, batch: batch)
        try contestant.save(to: URL(fileURLWithPath: arguments[3]))
        while let line = readLine(), let count = Int(line) {
            let answer = try contestant.train(steps: count)
            print(String(decoding: try JSONEncoder().encode(answer), as: UTF8.self))
            fflush(nil)
        }
    }
}
