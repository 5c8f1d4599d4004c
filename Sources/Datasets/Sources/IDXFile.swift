/// An array of bytes in the IDX form of MNIST: two zeros, the type (8: unsigned byte), the number of
/// dimensions, each dimension as four bytes, highest first, then the values. A gzip file is unpacked.
struct IDXFile {
    let path: String
    let dimensions: [Int]
    let values: [UInt8]

    /// - Throws: ``DataError`` where the file is no such array or its length is not what it announces.
    init(path: String) throws {
        let stored = try readFile(path)
        let isCompressed = stored.starts(with: [0x1F, 0x8B])
        func content(_ limit: Int) throws -> [UInt8] {
            isCompressed
                ? try decompressedGzip(stored, limit: limit, path: path)
                : stored.count <= limit ? stored : Array(stored.prefix(limit))
        }
        let start = try content(4)
        guard start.count == 4, start[0] == 0, start[1] == 0 else {
            throw DataError(path: path, message: "is not an IDX file: it starts with \(describeStart(of: start))")
        }
        guard start[2] == 8, (1...4).contains(start[3]) else {
            throw DataError(
                path: path,
                message: "holds values of IDX type \(start[2]) in \(start[3]) dimensions; "
                    + "unsigned bytes (type 8) in 1 to 4 dimensions are read")
        }
        let headerLength = 4 + 4 * Int(start[3])
        let header = try content(headerLength)
        guard header.count == headerLength else {
            throw DataError(path: path, message: "is an IDX file that ends within its header")
        }
        let dimensions = stride(from: 4, to: headerLength, by: 4).map { offset in
            header[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
        }
        var count = 1
        for dimension in dimensions {
            let (product, overflow) = count.multipliedReportingOverflow(by: dimension)
            guard !overflow, product < 1 << 40 else {
                throw DataError(path: path, message: "announces \(dimensions) values, more than can be held")
            }
            count = product
        }
        // One byte more than announced is asked for, to notice a file that is too long.
        let all = try content(headerLength + count + 1)
        guard all.count == headerLength + count else {
            throw DataError(
                path: path,
                message: "announces \(count) values and holds "
                    + (all.count > headerLength + count ? "more" : "\(all.count - headerLength)"))
        }
        self.path = path
        self.dimensions = dimensions
        self.values = Array(all[headerLength...])
    }
}
