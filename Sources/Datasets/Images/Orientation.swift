/// The orientation tag of EXIF 2.3, section 4.6.4 A: where row 0 and column 0 of the stored picture
/// lie in the upright one.
enum Orientation: Int {
    case upright = 1
    case mirrored = 2
    case rotatedHalf = 3
    case flipped = 4
    case transposed = 5
    case rotatedRight = 6
    case transversed = 7
    case rotatedLeft = 8

    var swapsAxes: Bool { rawValue >= 5 }
}

extension Image {
    /// The upright form of a picture that was stored with `orientation`.
    func upright(from orientation: Orientation) -> Image {
        if orientation == .upright { return self }
        let (outWidth, outHeight) = orientation.swapsAxes ? (height, width) : (width, height)
        return Image(width: outWidth, height: outHeight, channels: channels) { target in
            pixels.withUnsafeBufferPointer { source in
                for y in 0..<outHeight {
                    for x in 0..<outWidth {
                        let (column, row) =
                            switch orientation {
                            case .upright: (x, y)
                            case .mirrored: (width - 1 - x, y)
                            case .rotatedHalf: (width - 1 - x, height - 1 - y)
                            case .flipped: (x, height - 1 - y)
                            case .transposed: (y, x)
                            case .rotatedRight: (y, height - 1 - x)
                            case .transversed: (width - 1 - y, height - 1 - x)
                            case .rotatedLeft: (width - 1 - y, x)
                            }
                        for channel in 0..<channels {
                            target[(y * outWidth + x) * channels + channel] =
                                source[(row * width + column) * channels + channel]
                        }
                    }
                }
            }
        }
    }
}
