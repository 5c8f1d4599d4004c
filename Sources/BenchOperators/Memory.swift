import Foundation
import Torch

/// Trains a small network for 10,000 steps and prints what the process holds in memory on the way:
/// a tensor that is kept too long, by Swift or by libtorch, makes it grow.
func measureMemory(steps: Int = 10_000, batch: Int = 64) throws {
    let generator = try Generator(seed: 1)
    let sizes = [(256, 64), (64, 10)]
    let layers = try sizes.map { input, output in
        (
            weight: try (Tensor.normal([output, input], generator: generator) / Double(input).squareRoot())
                .requireGradient(),
            bias: try Tensor.zeros([output]).requireGradient()
        )
    }
    let parameters = layers.flatMap { [$0.weight, $0.bias] }
    for step in 1...steps {
        let inputs = try Tensor.normal([batch, 256], generator: generator)
        let labels = try inputs.sliced(0..<10, dimension: 1).argumentOfMaximum(1)
        let hidden = try inputs.linear(layers[0].weight, bias: layers[0].bias).relu()
        let logits = try hidden.linear(layers[1].weight, bias: layers[1].bias)
        let loss = try -logits.logSoftmax(1).gathered(labels.unsqueezed(1), dimension: 1).mean()
        try loss.backward()
        try withoutGradients {
            for parameter in parameters {
                if let gradient = parameter.gradient { try parameter.add(gradient, scale: -0.1) }
                try parameter.setGradient(nil)
            }
        }
        if [1, 100, 1000, steps].contains(step) {
            print("step \(step): loss \(try loss.item()), \(try residentKibibytes()) KiB resident")
        }
    }
}

/// What the process holds in memory now (Linux).
private func residentKibibytes() throws -> Int {
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    guard let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmRSS:") }),
        let count = line.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
    else { throw CocoaError(.fileReadCorruptFile) }
    return count
}
