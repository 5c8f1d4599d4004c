import Foundation
import Suggestions
import Torch

/// The tensors that a head is computed from, read from a file by name and checked one by one.
final class HeadFile {
    private let path: String
    private let tensors: [String: Tensor]
    private let scalarType: ScalarType
    private var readNames: Set<String> = []

    /// - Parameters:
    ///   - scalarType: what numbers are converted to; `nil` for float64 if one of the matrices is, else float32.
    ///   - matrices: the names of the two that are compared.
    init(path: String, scalarType: ScalarType?, matrices: [String]) throws {
        self.path = path
        let tensors = try Safetensors.load(URL(fileURLWithPath: path)).tensors
        self.tensors = tensors
        let isDouble = matrices.contains { tensors[$0]?.scalarType == .float64 }
        self.scalarType = scalarType ?? (isDouble ? .float64 : .float32)
    }

    /// What was there and nobody read.
    var unread: [String] { tensors.keys.filter { !readNames.contains($0) }.sorted() }

    /// Numbers that gradients are wanted of.
    func required(_ name: String) throws -> Tensor {
        guard let tensor = try optional(name) else { throw missing(name) }
        return tensor
    }

    func optional(_ name: String) throws -> Tensor? {
        guard let tensor = tensors[name] else { return nil }
        readNames.insert(name)
        guard tensor.scalarType.isFloatingPoint else {
            throw error("“\(name)” is \(tensor.scalarType) where floating-point numbers are wanted")
        }
        try checkFinite(tensor, name)
        return try tensor.to(scalarType).detached().cloned().requireGradient()
    }

    /// [B] whole numbers.
    func labels() throws -> Tensor {
        guard let tensor = tensors["labels"] else { throw missing("labels") }
        readNames.insert("labels")
        return tensor
    }

    /// One number, of any type; `nil` where the file has none.
    func number(_ name: String) throws -> Double? {
        guard let tensor = tensors[name] else { return nil }
        readNames.insert(name)
        guard tensor.count == 1 else {
            throw error("“\(name)” has the shape \(tensor.shape) where one number is wanted")
        }
        try checkFinite(tensor, name)
        return try tensor.item()
    }

    func error(_ message: String) -> HeadRunError { HeadRunError(place: path, message: message) }

    private func missing(_ name: String) -> HeadRunError {
        let hint =
            nearest(name, among: tensors.keys).map { "is “\($0)” meant for it?" }
            ?? "it has \(tensors.isEmpty ? "nothing" : tensors.keys.sorted().joined(separator: ", "))"
        return error("there is no “\(name)”; \(hint)")
    }

    private func checkFinite(_ tensor: Tensor, _ name: String) throws {
        guard try !tensor.isFinite().all() else { return }
        let values = try tensor.reals()
        let index = values.firstIndex { !$0.isFinite } ?? 0
        let row = tensor.rank > 0 ? index / max(1, tensor.count / tensor.size(0)) : 0
        throw error("row \(row) of “\(name)” has an entry that is \(values[index]), and no finite number")
    }
}
