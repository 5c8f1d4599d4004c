import Foundation
import GRDB
import Torch

/// What a gallery holds, in memory and ready to be searched.
struct LoadedGallery: Sendable {
    let generation: Int64
    let index: SearchIndex
    /// The identity of each row.
    let owners: [Int64]
    let size: GallerySize
}

extension Gallery {
    /// Reads every vector, as the gallery is at this moment.
    func load(_ database: Database) throws -> LoadedGallery {
        let size = try size(database)
        let dimensions = settings.dimensions
        let pooled = settings.pooling == .mean
        let capacity = pooled ? size.identities : size.samples
        let rows = try Tensor.empty([capacity, dimensions], scalarType: .float32)
        let start = try rows.withElements(of: Float.self) { $0.baseAddress }
        var owners: [Int64] = []
        owners.reserveCapacity(capacity)
        // The row of each identity, by its number; numbers are given from 1 on.
        let highest = try Int64.fetchOne(database, sql: "SELECT coalesce(max(id), 0) FROM identity") ?? 0
        var rowOf = [Int32](repeating: -1, count: pooled ? Int(highest) + 1 : 0)
        var pooledRows: Set<Int> = []
        var read = 0
        let blocks = VectorBlocks(database, path: path, dimensions: dimensions)
        try blocks.forEach { owner, vector in
            read += 1
            guard owner > 0, owner <= highest else {
                throw GalleryError.damaged(path, "a sample belongs to nobody")
            }
            let row = pooled && rowOf[Int(owner)] >= 0 ? Int(rowOf[Int(owner)]) : owners.count
            guard let start, row < capacity else {
                throw GalleryError.damaged(path, "it holds more embeddings than it counts")
            }
            let target = start + row * dimensions
            if row == owners.count {
                memcpy(target, vector, 4 * dimensions)
                owners.append(owner)
                if pooled { rowOf[Int(owner)] = Int32(row) }
            } else {
                let sample = vector.assumingMemoryBound(to: Float.self)
                for place in 0..<dimensions { target[place] += sample[place] }
                pooledRows.insert(row)
            }
        }
        guard read == size.samples, owners.count == capacity else {
            throw GalleryError.damaged(path, "it holds \(read) embeddings where it counts \(size.samples)")
        }
        if let start {
            for row in pooledRows { Self.normalize(start + row * dimensions, count: dimensions) }
        }
        do {
            let index = try SearchIndex(rows: rows)
            return LoadedGallery(
                generation: try generation(database), index: index, owners: owners, size: size)
        } catch let error as SearchIndexError {
            let name = try self.name(of: owners[error.row], database)
            throw GalleryError.damaged(path, "an embedding of “\(name)” has not length 1")
        }
    }

    /// A sum of directions to length 1; directions that cancel out leave none, and nobody is found by it.
    private static func normalize(_ row: UnsafeMutablePointer<Float>, count: Int) {
        var square = 0.0
        for place in 0..<count { square += Double(row[place]) * Double(row[place]) }
        let length = square.squareRoot()
        for place in 0..<count { row[place] = length < 1e-4 ? 0 : Float(Double(row[place]) / length) }
    }

    func name(of identity: Int64, _ database: Database) throws -> String {
        guard
            let name = try String.fetchOne(
                database.cachedStatement(sql: "SELECT name FROM identity WHERE id = ?"), arguments: [identity])
        else { throw GalleryError.damaged(path, "a sample belongs to nobody") }
        return name
    }

    /// The gallery in memory, read again where it has been written to since.
    func loaded(_ database: Database) throws -> LoadedGallery {
        let current = try generation(database)
        return try cache.withLock { cached in
            if let cached, cached.generation == current { return cached }
            cached = nil
            let loaded = try load(database)
            cached = loaded
            return loaded
        }
    }
}
