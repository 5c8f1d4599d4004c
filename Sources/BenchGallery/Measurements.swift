import Foundation
import Gallery
import Torch

/// Prints one line of JSON for the script that reads it, at once.
func report(_ name: String, _ values: [String: Any]) throws {
    var line = values
    line["name"] = name
    let data = try JSONSerialization.data(withJSONObject: line, options: .sortedKeys)
    FileHandle.standardOutput.write(data + Data("\n".utf8))
}

func seconds<Result>(_ body: () throws -> Result) rethrows -> (Result, Double) {
    let start = ContinuousClock.now
    let result = try body()
    return (result, (ContinuousClock.now - start) / .seconds(1))
}

func embeddings(_ file: String) throws -> Tensor {
    guard let tensor = try Safetensors.load(URL(fileURLWithPath: file)).tensors["embeddings"] else {
        throw TensorFileError(file: file, tensor: "embeddings", reason: "is missing")
    }
    return tensor
}

func makeGallery(rows file: String, gallery path: String) throws {
    let rows = try embeddings(file)
    let gallery = try Gallery.create(
        path: path,
        settings: GallerySettings(
            fingerprint: "bench", model: "bench", dimensions: rows.size(1), pooling: .mean))
    let names = (0..<rows.size(0)).map(String.init)
    let samples = GallerySamples(
        embeddings: rows, names: names, sources: names, added: names.map { _ in Date(timeIntervalSince1970: 0) })
    let (count, taken) = try seconds { try gallery.add(samples) }
    try report("make", ["samples": count, "seconds": taken])
}

func serveSearches(gallery path: String, queries file: String) throws {
    let queries = try embeddings(file)
    let first = try queries.sliced(0..<1)
    let (opened, taken) = try seconds {
        let gallery = try Gallery(path: path)
        return (gallery, try gallery.identify(first, count: 5)[0].map(\.name))
    }
    try report("open", ["seconds": taken, "found": opened.1])
    let rows = try opened.0.samples().embeddings
    let index = try SearchIndex(rows: rows)
    let vectors = try (0..<queries.size(0)).map { try queries[$0].elements(as: Float.self) }
    var turn = 0
    while let command = readLine() {
        let query = vectors[turn % vectors.count]
        let (found, taken) = try seconds {
            switch command {
            case "full": return try index.search(query, count: 5, by: .fullPrecision)
            case "codes": return try index.search(query, count: 5, by: .codes)
            default: return try index.search(queries: queries, count: 5)[turn % vectors.count]
            }
        }
        try report(command, ["seconds": taken, "query": turn % vectors.count, "found": found.map { "\($0.row)" }])
        turn += 1
    }
}
