import AngularMargin
import Foundation
import Networks
import Torch

// Why a loss is not finite: the batch is computed once more, with every result looked at.

extension TrainingLoop {
    /// Refuses to measure or save weights that a step has driven out of all bounds.
    func checkWeights() throws {
        try classUpdating.rows?.catchUp()
        guard let place = try nonFiniteWeight() else { return }
        throw try failure(history.lastLoss ?? .nan, "\(place), after the step", nil, [], isAfterStep: true)
    }

    /// The error of a loss that is not finite, or that the head refused to compute.
    func explanation(
        of loss: Double, _ piece: Piece, _ features: Tensor, refusal: HeadError? = nil
    ) throws -> NonFiniteLossError {
        if try !piece.pictures.isFinite().all() { return try failure(loss, "the pictures", nil, piece.indices) }
        if let place = try nonFiniteParameter() { return try failure(loss, place, nil, piece.indices) }
        let found = try withoutGradients {
            try NonFiniteOperation.first(among: namedTensors) {
                let features = try embeddings(of: piece, mode: .training(updatingStatistics: false, seed: piece.seed))
                _ = try head(features, labels: piece.labels)
            }
        }
        if let found { return try failure(loss, place(of: found), found.operation, piece.indices) }
        // Running statistics come last: the step itself has just spoilt them, whatever the cause.
        if let place = try nonFiniteWeight() { return try failure(loss, place, nil, piece.indices) }
        let ofHead = refusal.map { "the head: \($0)" } ?? "the head's loss (embeddings and weights are finite)"
        return try failure(loss, ofHead, nil, piece.indices)
    }

    /// The error of gradients that are not finite where the loss is.
    func explanationOfGradients(_ loss: Double, _ piece: Piece) throws -> NonFiniteLossError {
        // Gradients come from the loss: the first one is the one furthest back.
        let backwards = (named(backbone.parameters, "network") + named(head.parameters, "head")).reversed()
        let culprit = try backwards.first { try $0.tensor.gradient.map { try !$0.isFinite().all() } ?? false }
        var operation: String?
        do {
            let features = try embeddings(of: piece, mode: .training(updatingStatistics: false, seed: piece.seed))
            let loss = try head(features, labels: piece.labels).loss
            try withAnomalyDetection { try loss.backward() }
        } catch let error as TorchError {
            operation = anomalousOperation(error)
        }
        return try failure(
            loss, "the gradient of \(culprit?.name ?? "all parameters together")", operation, piece.indices)
    }

    /// What anomaly detection names: "Function 'PowBackward0' returned nan values in its 0th output."
    func anomalousOperation(_ error: TorchError) -> String? {
        error.reason.firstMatch(of: /Function '([^']+)' returned nan/).map { String($0.1) }
    }

    /// Every tensor under a name that a reader understands.
    var namedTensors: [NamedTensor] { named(backbone.tensors, "network") + named(head.tensors, "head") }

    private func named(_ tensors: [NamedTensor], _ owner: String) -> [NamedTensor] {
        tensors.map { NamedTensor(name: "the \(owner)'s \($0.name)", role: $0.role, tensor: $0.tensor) }
    }

    func place(of found: NonFiniteOperation) -> String {
        guard let tensor = found.tensor else { return "what is made of the pictures before the first layer" }
        let layer = tensor.split(separator: ".").dropLast().joined(separator: ".")
        let name = layer.isEmpty ? tensor : layer
        return found.isArgument ? "the result of \(name)" : "what follows \(name)"
    }

    private func nonFiniteParameter() throws -> String? {
        try namedTensors.first { try $0.role == .parameter && !$0.tensor.isFiniteThroughout() }?.name
    }

    private func nonFiniteWeight() throws -> String? {
        try namedTensors.first { try $0.tensor.scalarType.isFloatingPoint && !$0.tensor.isFiniteThroughout() }?.name
    }

    /// The error of the step in hand, or of the one just done.
    func failure(
        _ loss: Double, _ place: String, _ operation: String?, _ indices: [Int], isAfterStep: Bool = false
    ) throws -> NonFiniteLossError {
        let step = isAfterStep ? state.step : state.step + 1
        let magnitudes = try (named(backbone.parameters, "network") + named(head.parameters, "head")).map { named in
            (name: named.name, magnitude: try withoutGradients { try named.tensor.absolute().maximum().item() })
        }
        func size(_ magnitude: Double) -> Double { magnitude.isNaN ? .infinity : magnitude }
        let largest = magnitudes.max { size($0.magnitude) < size($1.magnitude) }
        return NonFiniteLossError(
            step: step, loss: loss, place: place, operation: operation, files: data.places(of: indices),
            learningRate: plan.schedule.rate(step: step - 1), largestWeight: largest ?? ("none", 0),
            history: try history.statistics())
    }
}
