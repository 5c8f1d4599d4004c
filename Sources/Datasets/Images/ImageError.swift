/// Why bytes are not a picture that can be used.
public enum ImageError: Error, Hashable, Sendable, CustomStringConvertible {
    /// There are no bytes at all.
    case empty
    /// The first bytes belong to no format that is read; `start` says what they are.
    case unknownFormat(start: String)
    /// The file ends before the picture does.
    case truncated(ImageFormat, detail: String)
    /// The bytes contradict their format.
    case corrupt(ImageFormat, detail: String)
    /// A feature of the format that is not read.
    case unsupported(ImageFormat, detail: String)
    /// The header announces more pixels than ``ImageDecoding/pixelLimit``.
    case tooLarge(width: Int, height: Int, limit: Int)
    /// The library could not write the picture.
    case notWritten(ImageFormat, detail: String)

    public var description: String {
        switch self {
        case .empty:
            "is empty: a picture was expected"
        case .unknownFormat(let start):
            "is not a picture that can be read: it starts with \(start); "
                + "JPEG, PNG, GIF, PBM, PGM and PPM are read"
        case .truncated(let format, let detail):
            "is a \(format.rawValue) picture that ends too soon: \(detail)"
        case .corrupt(let format, let detail):
            "is a damaged \(format.rawValue) picture: \(detail)"
        case .unsupported(let format, let detail):
            "is a \(format.rawValue) picture of a kind that is not read: \(detail)"
        case .tooLarge(let width, let height, let limit):
            "announces \(width) × \(height) pixels; at most \(limit) in all are decoded "
                + "(raise the pixel limit if the picture is meant to be that large)"
        case .notWritten(let format, let detail):
            "could not be written as \(format.rawValue): \(detail)"
        }
    }
}
