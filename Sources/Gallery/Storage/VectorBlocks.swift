import Foundation
import GRDB

/// The packed vectors of a gallery: places, numbered from 0 through all blocks.
struct VectorBlocks {
    let database: Database
    let path: String
    let dimensions: Int
    private let placesPerBlock: Int

    init(_ database: Database, path: String, dimensions: Int) {
        self.database = database
        self.path = path
        self.dimensions = dimensions
        placesPerBlock = GallerySchema.vectorsPerBlock(dimensions: dimensions)
    }

    private var vectorBytes: Int { 4 * dimensions }

    private struct Block {
        var owners: Data
        var vectors: Data

        subscript(owner place: Int) -> Int64 {
            get {
                owners.withUnsafeBytes {
                    Int64(littleEndian: $0.loadUnaligned(fromByteOffset: 8 * place, as: Int64.self))
                }
            }
            set {
                withUnsafeBytes(of: newValue.littleEndian) { bytes in
                    owners.replaceSubrange(8 * place..<8 * place + 8, with: bytes)
                }
            }
        }
    }

    private func block(_ number: Int64) throws -> Block {
        guard
            let row = try Row.fetchOne(
                database, sql: "SELECT owners, vectors FROM content WHERE block = ?", arguments: [number]),
            let owners = row["owners"] as Data?, let vectors = row["vectors"] as Data?
        else { throw GalleryError.damaged(path, "block \(number) is missing") }
        try checkSizes(number, owners.count, vectors.count)
        return Block(owners: owners, vectors: vectors)
    }

    private func checkSizes(_ number: Int64, _ owners: Int, _ vectors: Int) throws {
        guard owners == 8 * placesPerBlock, vectors == vectorBytes * placesPerBlock else {
            throw GalleryError.damaged(path, "block \(number) has not the size of a block")
        }
    }

    /// Puts the block back, in place where its bytes lie.
    private func replace(_ number: Int64, _ block: Block) throws {
        try database.execute(
            sql: "UPDATE content SET owners = ?, vectors = ? WHERE block = ?",
            arguments: [block.owners, block.vectors, number])
    }

    // MARK: Writing

    /// Stores vectors with their owners; returns the place of each.
    func add(_ vectors: [(owner: Int64, vector: [Float])]) throws -> [Int64] {
        var places: [Int64] = []
        var rest = vectors[...]
        while !rest.isEmpty {
            let (number, vacant) = try vacantBlock()
            var block = try block(number)
            var filled = 0
            for place in 0..<placesPerBlock where filled < vacant && !rest.isEmpty {
                guard block[owner: place] == 0, let next = rest.popFirst() else { continue }
                block[owner: place] = next.owner
                next.vector.withUnsafeBytes { bytes in
                    block.vectors.replaceSubrange(place * vectorBytes..<(place + 1) * vectorBytes, with: bytes)
                }
                places.append(number * Int64(placesPerBlock) + Int64(place))
                filled += 1
            }
            guard filled > 0 else {
                throw GalleryError.damaged(path, "block \(number) counts vacant places it has not")
            }
            try replace(number, block)
            try database.execute(
                sql: "UPDATE block SET vacant = vacant - ? WHERE number = ?", arguments: [filled, number])
        }
        return places
    }

    /// The first block with vacant places, a new one where there is none.
    private func vacantBlock() throws -> (number: Int64, vacant: Int) {
        if let row = try Row.fetchOne(
            database, sql: "SELECT number, vacant FROM block WHERE vacant > 0 ORDER BY number LIMIT 1")
        {
            return (row["number"], row["vacant"])
        }
        let number = try Int64.fetchOne(database, sql: "SELECT coalesce(max(number) + 1, 0) FROM block") ?? 0
        try database.execute(
            sql: "INSERT INTO block (number, vacant) VALUES (?, ?)", arguments: [number, placesPerBlock])
        try database.execute(
            sql: "INSERT INTO content (block, owners, vectors) VALUES (?, zeroblob(?), zeroblob(?))",
            arguments: [number, 8 * placesPerBlock, vectorBytes * placesPerBlock])
        return (number, placesPerBlock)
    }

    /// Writes zeros over places.
    func erase(_ places: [Int64]) throws {
        for (number, places) in Dictionary(grouping: places, by: { $0 / Int64(placesPerBlock) }).sorted(by: {
            $0.key < $1.key
        }) {
            var block = try block(number)
            for place in places.map({ Int($0 % Int64(placesPerBlock)) }) {
                block[owner: place] = 0
                block.vectors.resetBytes(in: place * vectorBytes..<(place + 1) * vectorBytes)
            }
            try replace(number, block)
            try database.execute(
                sql: "UPDATE block SET vacant = vacant + ? WHERE number = ?", arguments: [places.count, number])
        }
    }

    // MARK: Reading

    /// The vectors of places, in their order.
    func vectors(at places: [Int64]) throws -> [[Float]] {
        var (cached, number): (Block?, Int64) = (nil, -1)
        return try places.map { place in
            let wanted = place / Int64(placesPerBlock)
            if wanted != number { (cached, number) = (try block(wanted), wanted) }
            let start = Int(place % Int64(placesPerBlock)) * vectorBytes
            guard let block = cached else { throw GalleryError.damaged(path, "block \(wanted) is missing") }
            return block.vectors.withUnsafeBytes { bytes in
                (0..<dimensions).map { bytes.loadUnaligned(fromByteOffset: start + 4 * $0, as: Float.self) }
            }
        }
    }

    /// Lends every place that is taken, in order: its owner, and its vector's bytes.
    func forEach(_ body: (_ owner: Int64, _ vector: UnsafeRawPointer) throws -> Void) throws {
        let rows = try Row.fetchCursor(database, sql: "SELECT block, owners, vectors FROM content ORDER BY block")
        while let row = try rows.next() {
            let number: Int64 = row[0]
            try row.withUnsafeData(atIndex: 1) { owners in
                try row.withUnsafeData(atIndex: 2) { vectors in
                    try checkSizes(number, owners?.count ?? 0, vectors?.count ?? 0)
                    try owners?.withUnsafeBytes { owners in
                        try vectors?.withUnsafeBytes { vectors in
                            guard let start = vectors.baseAddress else { return }
                            for place in 0..<placesPerBlock {
                                let owner = Int64(
                                    littleEndian: owners.loadUnaligned(fromByteOffset: 8 * place, as: Int64.self))
                                if owner != 0 { try body(owner, start + place * vectorBytes) }
                            }
                        }
                    }
                }
            }
        }
    }
}
