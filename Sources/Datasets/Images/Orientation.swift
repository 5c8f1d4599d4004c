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
        // Along a row of the upright picture, and from row to row, the stored pixel moves by a fixed
        // number of pixels; `first` is where the upper left one lies.
        let right = width - 1
        let bottom = (height - 1) * width
        let (first, alongRow, alongColumn) =
            switch orientation {
            case .upright: (0, 1, width)
            case .mirrored: (right, -1, width)
            case .rotatedHalf: (bottom + right, -1, -width)
            case .flipped: (bottom, 1, -width)
            case .transposed: (0, width, 1)
            case .rotatedRight: (bottom, -width, 1)
            case .transversed: (bottom + right, -width, -1)
            case .rotatedLeft: (right, width, -1)
            }
        let (outWidth, outHeight) = orientation.swapsAxes ? (height, width) : (width, height)
        return Image(width: outWidth, height: outHeight, channels: channels) { target in
            pixels.withUnsafeBufferPointer { source in
                var output = 0
                for row in 0..<outHeight {
                    var input = (first + row * alongColumn) * channels
                    for _ in 0..<outWidth {
                        for channel in 0..<channels { target[output + channel] = source[input + channel] }
                        output += channels
                        input += alongRow * channels
                    }
                }
            }
        }
    }
}
