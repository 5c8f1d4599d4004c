import Datasets
import Foundation
import Verification

extension TrialFile {
    /// What a file unfolds to at most; a larger one should be unpacked first.
    private static var unpackedLimit: Int { 1 << 32 }

    /// Opens a score file or trial list, one that ends with .gz through zlib.
    ///
    /// - Throws: ``/Verification/TrialFileError`` or ``/Datasets/DataError`` that names the file.
    public init(opening path: String, polarity: Polarity? = nil) throws {
        guard path.hasSuffix(".gz") else {
            try self.init(path: path, polarity: polarity)
            return
        }
        guard let packed = FileManager.default.contents(atPath: path) else {
            throw TrialFileError(file: path, message: "there is no such file, or it cannot be read")
        }
        let bytes = try decompressedGzip([UInt8](packed), limit: Self.unpackedLimit, path: path)
        try self.init(contents: Data(bytes), name: path, polarity: polarity)
    }
}
