import AngularMargin
import Foundation
import Torch

/// A head computed once from a file of tensors: its loss, and the gradient of everything it was computed from.
///
/// | read | shape | |
/// |---|---|---|
/// | `features` | [B, D] | |
/// | `weights` | [C, D] | sub-centres [C, K, D]; one class [1, D] |
/// | `labels` | [B] | whole numbers |
/// | `bias` | [1] or [C] | where the head has one; else its initial value |
/// | `margins` | [C] | CAMRI's, instead of classes by name |
/// | `class_weights` | [C] | instead of classes by name, for heads that have them |
/// | `sample_weights` | [B] | optional |
/// | `state.t` and so on | one number | where the head remembers something; else its initial value |
/// | `video`, `text` | [B, D] | for MAMA, instead of features, weights and labels |
///
/// Written are `loss`, `losses` [B], `logits` [B, C], `<name>.grad` of every input of floating-point numbers, and what
/// some heads have besides (the streaming path keeps no logits): `virtual_logits` [B], `classes` [S], `penalty.<name>`, `v2t` and `t2v` [B], `state.<name>`.
/// A regulariser is an output of its own, `regularizer` with `regularizer.weights.grad`, and no part of the loss.
public struct HeadRun {
    /// What is computed in.
    public enum Precision: String, Sendable, CaseIterable {
        case float32, float64

        var scalarType: ScalarType { self == .float32 ? .float32 : .float64 }
    }

    /// Everything that is to be written, by name.
    public let tensors: [(name: String, tensor: Tensor)]
    /// The loss, for a message.
    public let loss: Double
    /// Names in the input file that the head does not read.
    public let unread: [String]
    private let metadata: [String: String]

    /// - Parameters:
    ///   - settings: `key=value`, of the preset; also `update=true`, which lets the batch move what the head
    ///     remembers, and `seed=1`, which random draws begin from.
    ///   - precision: `nil` for float64 if features or weights are, else float32.
    /// - Throws: ``HeadRunError``, ``/AngularMargin/HeadPresetError`` or ``/Torch/TensorFileError`` that says what is wrong where.
    public init(
        head name: String, input: String, settings: [String] = [], precision: Precision? = nil,
        path: EvaluationPath = .reference
    ) throws {
        let preset = try HeadPreset.named(name)
        let options = try HeadRunOptions(settings, preset: preset)
        let problem = try HeadProblem(preset: preset, options: options, input: input, scalarType: precision?.scalarType)
        let output: HeadOutput
        do {
            output = try problem.head.evaluate(
                features: problem.features.tensor, weights: problem.weights.tensor, bias: problem.bias,
                labels: problem.labels, sampleWeights: problem.sampleWeights, state: problem.state,
                updatingState: options.updates, path: path)
        } catch let error as HeadError {
            throw problem.file.error(error.description)
        }
        let inputs = problem.inputs
        let gradients = try gradients(
            of: [output.loss], withRespectTo: inputs.map(\.tensor), retainingGraph: true, allowingUnused: true)
        tensors =
            HeadRun.values(of: output)
            + zip(inputs, gradients).map { ("\($0.name).grad", $1) }
            + (try HeadRun.regularizer(options.regularizer, problem))
        loss = try output.loss.item()
        unread = problem.file.unread
        metadata = ["head": name, "settings": options.text, "path": path.rawValue]
    }

    /// Replaces the file at once when the new one is complete.
    public func write(to path: String) throws {
        try Safetensors.save(
            tensors.map { ($0.name, try $0.tensor.detached()) }, metadata: metadata, to: URL(fileURLWithPath: path))
    }

    private static func values(of output: HeadOutput) -> [(name: String, tensor: Tensor)] {
        var found: [(String, Tensor?)] = [
            ("loss", output.loss), ("losses", output.losses), ("logits", output.logits),
            ("virtual_logits", output.virtualLogits), ("classes", output.classes),
        ]
        if output.terms.count > 1 { found += output.terms.map { ($0.name, $0.values) } }
        found += output.penalties.map { ("penalty.\($0.name)", $0.value) }
        found += output.state.names.map { name in
            let type: ScalarType = name.isCount ? .int64 : output.loss.scalarType
            return ("state.\(name.rawValue)", try? Tensor.full([], output.state[name], scalarType: type))
        }
        return found.compactMap { name, tensor in tensor.map { (name, $0) } }
    }

    private static func regularizer(
        _ regularizer: Regularizer?, _ problem: HeadProblem
    ) throws -> [(name: String, tensor: Tensor)] {
        guard let regularizer else { return [] }
        let weights = problem.weights.tensor
        let value = try regularizer.value(weights: weights, labels: problem.labels)
        return [("regularizer", value), ("regularizer.weights.grad", try gradient(of: value, withRespectTo: weights))]
    }
}
