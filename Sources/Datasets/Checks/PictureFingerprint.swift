/// What pictures of the same scene have in common though their files differ: after scaling, another
/// compression, a little more light.
public struct PictureFingerprint: Sendable, Hashable {
    /// 64 bits, of which nearly the same pictures differ in few: whether the grey picture, made 9 × 8,
    /// brightens from each place to the one on its right, row by row, first place lowest.
    public let hash: UInt64
    /// The grey picture made 16 × 16, which confirms what the hash suggests.
    let thumbnail: [UInt8]
    private let mean: Double
    private let deviation: Double

    private static let side = 16

    /// `nil` for a picture of one grey, more or less, that is like every other such.
    public init?(_ image: Image) {
        let grey = image.resized(width: Self.side, height: Self.side).grey()
        thumbnail = grey.pixels
        let count = Double(thumbnail.count)
        mean = Double(thumbnail.reduce(0) { $0 + Int($1) }) / count
        var squares = 0.0
        for value in thumbnail { squares += (Double(value) - mean) * (Double(value) - mean) }
        deviation = squares.squareRoot()
        guard (squares / count).squareRoot() >= 2 else { return nil }
        let small = image.resized(width: 9, height: 8).grey().pixels
        hash = (0..<64).reduce(0) { bits, place in
            let start = place / 8 * 9 + place % 8
            return small[start + 1] > small[start] ? bits | 1 << UInt64(place) : bits
        }
    }

    /// How many bits of the hashes differ, 0 to 64.
    public func distance(to other: PictureFingerprint) -> Int { (hash ^ other.hash).nonzeroBitCount }

    /// The correlation of the thumbnails, −1 to 1: light and contrast do not count.
    public func correlation(with other: PictureFingerprint) -> Double {
        var sum = 0.0
        for (first, second) in zip(thumbnail, other.thumbnail) {
            sum += (Double(first) - mean) * (Double(second) - other.mean)
        }
        return sum / (deviation * other.deviation)
    }
}
