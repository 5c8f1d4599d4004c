import Datasets
import Torch
import Verification

/// Which pictures and frames make up each template, as IJB-B and IJB-C have it: lines of template, medium, file, and a
/// weight if there is a fourth field.
struct TemplateList {
    private let path: String
    private let templates: [String]
    private let media: [Int]
    private let weights: [Float]?
    /// Every file once, and the file of each line.
    let files: [String]
    private let fileOfLine: [Int]

    /// - Throws: ``/Datasets/DataError`` that names the line.
    init(_ path: String) throws {
        let source = try FieldLines(path)
        let hasWeights = source.lines.allSatisfy { $0.fields.count > 3 }
        let lines = try source.columns(["template", "media", "file"] + (hasWeights ? ["weight"] : []))
        var media: [String: Int] = [:]
        var files: [String: Int] = [:]
        var order: [String] = []
        var weights: [Float] = []
        for (number, fields) in lines {
            if media[fields[1]] == nil { media[fields[1]] = media.count }
            if files[fields[2]] == nil {
                files[fields[2]] = order.count
                order.append(fields[2])
            }
            guard hasWeights else { continue }
            guard let weight = Float(fields[3]), weight.isFinite, weight >= 0 else {
                throw DataError(
                    path: path, line: number, message: "has the weight “\(fields[3])”; a weight is a number from 0 on")
            }
            weights.append(weight)
        }
        self.path = path
        templates = lines.map { $0.fields[0] }
        self.media = lines.map { media[$0.fields[1]] ?? 0 }
        self.weights = hasWeights ? weights : nil
        self.files = order
        fileOfLine = lines.map { files[$0.fields[2]] ?? 0 }
    }

    /// The templates with whose they are, in order of first appearance.
    ///
    /// - Parameter labels: those of ``files``.
    /// - Throws: ``/Datasets/DataError`` that names a template of files with different labels.
    func labelled(_ labels: [String]) throws -> [(name: String, label: String)] {
        var found: [(name: String, label: String)] = []
        var places: [String: Int] = [:]
        for (template, file) in zip(templates, fileOfLine) {
            guard let place = places[template] else {
                places[template] = found.count
                found.append((template, labels[file]))
                continue
            }
            guard found[place].label == labels[file] else {
                throw DataError(
                    path: path,
                    message: "has the template “\(template)” of '\(found[place].label)' and of '\(labels[file])' "
                        + "(\(files[file])); a template is of one person")
            }
        }
        return found
    }

    /// One vector per name, [N, d].
    ///
    /// - Parameters:
    ///   - names: the templates that a list of trials names.
    ///   - embeddings: those of ``files``.
    ///   - list: the list, for messages.
    func vectors(of names: [String], embeddings: Tensor, in list: String) throws -> Tensor {
        let width = embeddings.size(1)
        let numbers = try embeddings.elements(as: Float.self)
        let pooled = try pooledTemplates(
            fileOfLine.map { Array(numbers[$0 * width..<($0 + 1) * width]) }, templates: templates, media: media,
            weights: weights)
        let places = Dictionary(uniqueKeysWithValues: pooled.templates.enumerated().map { ($1, $0) })
        let rows = try names.flatMap { name in
            guard let place = places[name] else {
                throw TrialFileError(file: list, message: "names the template “\(name)”, which \(path) does not have")
            }
            return pooled.vectors[place]
        }
        return try Tensor(rows, shape: [names.count, width])
    }
}
