import Datasets
import Torch

extension EmbeddingFile {
    /// Embeddings with their labels; where a list of templates is given, one row per template, pooled from its files.
    ///
    /// - Throws: ``/Datasets/DataError`` that names a file without embedding or label, and a template of two people.
    public static func labelled(
        _ path: String, labels: String?, templates: String?
    ) throws -> (file: EmbeddingFile, labels: [String]) {
        let file = try EmbeddingFile(path)
        let own = try file.labels(from: labels)
        guard let templates else { return (file, own) }
        let list = try TemplateList(templates)
        guard let names = file.names else {
            throw DataError(
                path: templates, message: "gives files to templates, but \(path) has no names of its rows")
        }
        let rows = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        let places = try list.files.map { name in
            guard let row = rows[name] else {
                throw DataError(
                    path: templates,
                    message: "names “\(name)”, of which \(path) has no embedding; its names begin with “\(names[0])”")
            }
            return row
        }
        let pooled = try list.labelled(places.map { own[$0] })
        let vectors = try list.vectors(
            of: pooled.map(\.name), embeddings: file.embeddings.rows(Tensor(places)), in: templates)
        return (EmbeddingFile(path: path, embeddings: vectors, names: pooled.map(\.name)), pooled.map(\.label))
    }
}
