import Datasets
import Foundation
import Torch

extension Gallery {
    private static let tensorName = "embeddings"
    private static let fingerprintKey = "fingerprint"

    /// The table beside a file of embeddings.
    private static func table(beside file: String) -> URL {
        URL(fileURLWithPath: file).deletingPathExtension().appendingPathExtension("csv")
    }

    /// Writes every sample: `embeddings` [N, d] as safetensors, with the model's fingerprint in its metadata, and
    /// beside it a CSV file of as many rows, `name,source,added`.
    ///
    /// - Returns: how many samples were written.
    /// - Throws: ``GalleryError`` or ``/Torch/TensorFileError``.
    @discardableResult
    public func export(to file: String) throws -> Int {
        let samples = try samples()
        let times = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        var table = "name,source,added\n"
        for row in samples.names.indices {
            table +=
                [samples.names[row], samples.sources[row], samples.added[row].formatted(times)]
                .map(commaSeparatedCell).joined(separator: ",") + "\n"
        }
        let metadata = [
            Self.fingerprintKey: settings.fingerprint, "model": settings.model, "pooling": settings.pooling.rawValue,
        ]
        try Safetensors.save(
            [(Self.tensorName, samples.embeddings)], metadata: metadata, to: URL(fileURLWithPath: file))
        try AtomicFile.replace(Self.table(beside: file)) { try $0.append(Data(table.utf8)) }
        return samples.names.count
    }

    /// Stores what ``export(to:)`` wrote, or what another program did in the same form: all of it or nothing.
    ///
    /// The table needs the column `name`; `source` is taken where it is there.
    ///
    /// - Parameter trustsModel: takes embeddings whose file does not say by which model they were made.
    /// - Returns: how many samples were stored.
    /// - Throws: ``GalleryError``, ``/Torch/TensorFileError`` or ``/Datasets/DataError`` that names the file.
    @discardableResult
    public func importSamples(
        from file: String, knownNames: KnownNames = .refused, trustsModel: Bool = false
    ) throws -> Int {
        let tensors = try Safetensors.load(URL(fileURLWithPath: file))
        guard let embeddings = tensors.tensors[Self.tensorName], embeddings.rank == 2 else {
            throw TensorFileError(
                file: file, tensor: Self.tensorName, reason: "is missing or not of shape [samples, dimensions]")
        }
        if let fingerprint = tensors.metadata[Self.fingerprintKey] {
            guard fingerprint == settings.fingerprint else {
                throw GalleryError(
                    path: file,
                    message: "was made by another model (\(tensors.metadata["model"] ?? "unnamed")) than the gallery "
                        + "(\(settings.model)): embeddings of two models cannot be compared")
            }
        } else if !trustsModel {
            throw GalleryError(
                path: file,
                message: "does not say by which model it was made; if it was \(settings.model), allow it with "
                    + "--trust-model")
        }
        let table = Self.table(beside: file).path
        let (names, sources) = try Self.columns(of: table)
        guard names.count == embeddings.size(0) else {
            throw DataError(
                path: table, message: "has \(names.count) rows for the \(embeddings.size(0)) embeddings of \(file)")
        }
        let now = Date()
        return try add(
            GallerySamples(
                embeddings: embeddings, names: names, sources: sources ?? names.map { _ in file },
                added: names.map { _ in now }),
            knownNames: knownNames)
    }

    private static func columns(of table: String) throws -> (names: [String], sources: [String]?) {
        guard let data = FileManager.default.contents(atPath: table) else {
            throw DataError(path: table, message: "cannot be read; it has the names of the embeddings beside it")
        }
        let rows = try CommaSeparatedRows.rows(of: [UInt8](data), path: table)
        guard let header = rows.first, let name = header.cells.firstIndex(of: "name") else {
            throw DataError(path: table, line: 1, message: "has no column called name")
        }
        let source = header.cells.firstIndex(of: "source")
        for row in rows where row.cells.count != header.cells.count {
            throw DataError(
                path: table, line: row.line,
                message: "\(row.cells.count) cells where the header names \(header.cells.count)")
        }
        return (
            rows.dropFirst().map { $0.cells[name] }, source.map { place in rows.dropFirst().map { $0.cells[place] } }
        )
    }
}
