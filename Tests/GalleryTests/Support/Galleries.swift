import Gallery
import TestSupport

extension TemporaryFolder {
    func gallery(
        _ name: String = "g.gallery", pooling: Pooling = .mean, dimensions: Int = 16, fingerprint: String = "f00d",
        rate: Double? = nil
    ) throws -> Gallery {
        try Gallery.create(
            path: self(name),
            settings: GallerySettings(
                fingerprint: fingerprint, model: "runs/toy", dimensions: dimensions, pooling: pooling,
                falsePositiveRate: rate))
    }

    /// Every byte of every file in the folder.
    func everything() throws -> [UInt8] { try names(in: ".").flatMap { try read($0) } }
}

extension Enrolment {
    /// One sample for each row.
    init(_ name: String, _ rows: [Float]...) {
        self.init(
            name: name,
            samples: rows.enumerated().map { EnrolledSample(source: "\(name)/\($0).png", embedding: $1) })
    }
}

extension Sequence<UInt8> {
    /// Whether the bytes of a vector, or of a part of it, lie in these.
    func holds(_ vector: some Sequence<Float>) -> Bool {
        let wanted = vector.flatMap { withUnsafeBytes(of: $0) { Array($0) } }
        let bytes = Array(self)
        guard let first = wanted.first, bytes.count >= wanted.count else { return false }
        return bytes.withUnsafeBufferPointer { bytes in
            wanted.withUnsafeBufferPointer { wanted in
                for start in 0...(bytes.count - wanted.count) where bytes[start] == first {
                    var place = 1
                    while place < wanted.count, bytes[start + place] == wanted[place] { place += 1 }
                    if place == wanted.count { return true }
                }
                return false
            }
        }
    }
}
