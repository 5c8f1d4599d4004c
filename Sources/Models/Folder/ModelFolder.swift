import AngularMargin
import Foundation
import Networks
import Torch
import Verification

// A model on disk: a folder with `model.json`, what it is, `weights.safetensors`, what the network learned, and for one
// that classifies `classes.safetensors`, the rows of its head.

/// The contents of `model.json`.
private struct ModelDocument: Codable {
    /// Raised when a reader of older versions would misunderstand the folder.
    static let currentFormat = 1

    var format = currentFormat
    var network: NetworkDescription
    var pictures: PictureTransform
    var addsMirrored: Bool
    var classNames: [String]
    /// Absent in models that do not classify, and in those of versions that could not.
    var classes: ClassDecision?
    var calibration: TemperatureCalibration?
    var thresholds: [DecisionThreshold]
    var provenance: [String: String]
}

extension ModelDocument {
    /// A document that can be decoded and yet describes no model.
    struct Unusable: Error {
        let reason: String
    }

    private struct Version: Decodable {
        let format: Int
    }

    init(reading data: Data) throws {
        let decoder = JSONDecoder()
        // The version is read first: a newer document need not decode as one of today.
        let format = try decoder.decode(Version.self, from: data).format
        guard format <= Self.currentFormat else {
            throw Unusable(
                reason: "was written by a newer version (format \(format), this one reads up to "
                    + "\(Self.currentFormat)); update margin")
        }
        self = try decoder.decode(Self.self, from: data)
        guard pictures.channels == 1 || pictures.channels == 3, pictures.shape == network.settings.input else {
            throw Unusable(
                reason: "makes pictures of shape \(pictures.shape) for a network that takes "
                    + "\(network.settings.input); both must be the same [1 or 3 channels, height, width]")
        }
    }
}

extension EmbeddingModel {
    static let documentName = "model.json"
    static let weightsName = "weights.safetensors"
    static let classesName = "classes.safetensors"

    /// Reads a model folder.
    ///
    /// - Throws: ``ModelFolderError`` that names the file and what is wrong with it.
    public init(folder path: String) throws {
        let folder = URL(fileURLWithPath: path, isDirectory: true)
        let file = folder.appendingPathComponent(Self.documentName)
        guard let data = FileManager.default.contents(atPath: file.path) else {
            throw ModelFolderError(
                path: path,
                message: FileManager.default.fileExists(atPath: path)
                    ? "is no model folder: it has no \(Self.documentName); a run keeps its model in runs/<name>/model"
                    : "there is no such folder; give a model folder, such as runs/<name>/model")
        }
        let document: ModelDocument
        do {
            document = try ModelDocument(reading: data)
        } catch let error as ModelDocument.Unusable {
            throw ModelFolderError(path: file.path, message: error.reason)
        } catch {
            throw ModelFolderError(path: file.path, message: "cannot be understood: \(error.reason)")
        }
        // Drawing weights that are replaced at once would take as long as all the rest.
        var backbone = try document.network.backbone(generator: Generator(seed: 0, device: .meta))
        let weights = folder.appendingPathComponent(Self.weightsName)
        do {
            try backbone.adopt(Safetensors.load(weights).tensors)
        } catch let error as ModuleError {
            throw ModelFolderError(path: weights.path, message: error.description)
        }
        self.init(
            transform: document.pictures, description: document.network, backbone: backbone,
            addsMirrored: document.addsMirrored, classNames: document.classNames,
            classifier: try document.classes.map {
                try Classifier(
                    $0, calibration: document.calibration, file: folder.appendingPathComponent(Self.classesName),
                    classCount: document.classNames.count,
                    featureCount: backbone.embeddingSize)
            },
            thresholds: document.thresholds, provenance: document.provenance)
    }

    /// Writes the model folder, each file whole or not at all.
    ///
    /// - Throws: ``ModelFolderError`` where the folder cannot be made, and what the system refuses of the files.
    public func save(folder path: String) throws {
        let folder = URL(fileURLWithPath: path, isDirectory: true)
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        } catch {
            throw ModelFolderError(path: path, message: "cannot be made: \(error.localizedDescription)")
        }
        try Safetensors.save(
            backbone.tensors.map { ($0.name, $0.tensor) }, metadata: ["format": "pt"],
            to: folder.appendingPathComponent(Self.weightsName))
        try classifier?.save(to: folder.appendingPathComponent(Self.classesName))
        let document = ModelDocument(
            network: description, pictures: transform, addsMirrored: addsMirrored, classNames: classNames,
            classes: classifier?.decision, calibration: classifier?.calibration, thresholds: thresholds,
            provenance: provenance)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try encoder.encode(document).write(to: folder.appendingPathComponent(Self.documentName), options: .atomic)
    }
}

/// What is wrong with a model folder.
public struct ModelFolderError: Error, Equatable, CustomStringConvertible {
    public let path: String
    public let message: String

    public init(path: String, message: String) {
        self.path = path
        self.message = message
    }

    public var description: String { "\(path): \(message)" }
}

extension Error {
    /// The decoding failure in one line: where in the document, and what.
    fileprivate var reason: String {
        switch self as? DecodingError {
        case .keyNotFound(let key, _): "“\(key.stringValue)” is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            "\(context.codingPath.map(\.stringValue).joined(separator: ".")): \(context.debugDescription)"
        default: "\(self)"
        }
    }
}
