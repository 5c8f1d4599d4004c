// A contestant in scripts/bench/training.py: does training steps when it is told to.
//
//   bench-training NETWORK ACTIVATION BATCH START.safetensors [FOLDER]
//
// writes the weights it starts from, its pictures and its labels to a file, so that others train the same; with a
// folder of pictures per class it decodes a batch of them for each step instead. NETWORK/8 is a network of that width. It
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
        guard (4...5).contains(arguments.count), let activation = Activation.Kind(rawValue: arguments[1]),
            let batch = Int(arguments[2]), batch > 1
        else {
            FileHandle.standardError.write(
                Data("usage: bench-training NETWORK prelu|relu BATCH START.safetensors [FOLDER]\n".utf8))
            exit(64)
        }
        var contestant = try Contestant(
            network: arguments[0], activation: activation, batch: batch,
            folder: arguments.count > 4 ? arguments[4] : nil)
        try contestant.save(to: URL(fileURLWithPath: arguments[3]))
        while let line = readLine(), let count = Int(line) {
            let answer = try contestant.train(steps: count)
            print(String(decoding: try JSONEncoder().encode(answer), as: UTF8.self))
            fflush(nil)
        }
    }
}
