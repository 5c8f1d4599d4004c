import Datasets
import Foundation
import Torch

/// The key `network.init`: a file of weights with which training begins, instead of random ones.
///
/// The path is relative to the recipe, else to a data root (``/Datasets/DataRoots``). Safetensors and files of
/// `torch.save` are read. The names and shapes must be the network's own, none more and none less, apart from a
/// prefix that all of them have in the file, and from what `network.init_ignore` leaves out.
public struct InitialWeights: Sendable, Equatable {
    /// As the recipe gives it, or absolute where the file was found beside the recipe.
    public let path: String
    /// Names, of the file or of the network, that are left out: these tensors of the network keep their random
    /// numbers.
    public let ignored: [NamePattern]
    /// What the names in the file begin with before the network's own; `nil` to find out.
    public let prefix: String?
    private let recipeFile: String
    private let isSafetensors: Bool

    static let key = "init"
    private static let suffixes = ["safetensors", "pt", "pth", "bin", "ckpt"]

    init?(_ section: RecipeSection) throws {
        guard let given = try section.optional(Self.key, as: String.self) else {
            try section.refuse(["init_ignore", "init_prefix"], with: "random weights, without init")
            return nil
        }
        let suffix = URL(fileURLWithPath: given).pathExtension.lowercased()
        guard Self.suffixes.contains(suffix) else {
            let known = Self.suffixes.map { ".\($0)" }.joined(separator: ", ")
            throw section.error(Self.key, "is a file of weights that ends in one of \(known), not “\(given)”")
        }
        let folder = URL(fileURLWithPath: section.file).deletingLastPathComponent()
        let beside = given.hasPrefix("/") ? given : folder.appendingPathComponent(given).standardizedFileURL.path
        path = FileManager.default.fileExists(atPath: beside) ? beside : given
        // The resolved recipe lies in another folder.
        section.replace(Self.key, by: path)
        ignored = (try section.optional("init_ignore", as: [String].self) ?? []).map(NamePattern.init)
        prefix = try section.optional("init_prefix")
        recipeFile = section.file
        isSafetensors = suffix == "safetensors"
    }

    /// Opens the file.
    ///
    /// - Throws: ``RecipeError`` when it is not found or cannot be read.
    func open(roots: DataRoots) throws -> [String: Tensor] {
        do {
            let url = URL(fileURLWithPath: try roots.resolve(path))
            return isSafetensors ? try Safetensors.load(url).tensors : try PyTorchFile.load(url)
        } catch let error as DataError {
            throw fault("\(error)")
        } catch let error as TensorFileError {
            throw fault("\(error)")
        }
    }

    /// The file with its hash, to be recognised by.
    func record(roots: DataRoots) throws -> RunRecord.FileRecord {
        let found = try roots.resolve(path)
        return RunRecord.FileRecord(path: found, sha256: try SHA256.hexadecimal(ofFile: found))
    }

    /// Gives a network the weights of the file.
    ///
    /// - Returns: what was taken, in a sentence.
    /// - Throws: ``RecipeError`` that lists the names and shapes that do not fit.
    func load(_ state: [String: Tensor], into network: some Module) throws -> String {
        do {
            let fitted = try FittedState(state, to: network.tensors, ignored: ignored, prefix: prefix)
            try network.load(fitted.tensors)
            return "begins with \(path): \(fitted.summary)"
        } catch let error as FittedState.Misfit {
            throw fault("\(path): \(error)")
        }
    }

    private func fault(_ message: String) -> RecipeError {
        RecipeError(file: recipeFile, key: "network.\(Self.key)", message: message)
    }
}
