extension Image {
    /// The part of the picture whose first pixel is in column `x` and row `y`.
    ///
    /// - Precondition: the part is not empty and lies inside the picture.
    public func cropped(x: Int, y: Int, width newWidth: Int, height newHeight: Int) -> Image {
        precondition(
            x >= 0 && y >= 0 && newWidth > 0 && newHeight > 0 && x <= width - newWidth && y <= height - newHeight,
            "the part lies inside the picture")
        return Image(width: newWidth, height: newHeight, channels: channels) { target in
            pixels.withUnsafeBufferPointer { source in
                for row in 0..<newHeight {
                    copy(
                        source, from: ((y + row) * width + x) * channels, to: target,
                        at: row * newWidth * channels, count: newWidth * channels)
                }
            }
        }
    }

    /// The middle of the picture; where a margin is odd, the pixel over stays on the right or below.
    ///
    /// - Precondition: the part is not empty and no larger than the picture.
    public func centerCropped(width newWidth: Int, height newHeight: Int) -> Image {
        cropped(x: (width - newWidth) / 2, y: (height - newHeight) / 2, width: newWidth, height: newHeight)
    }

    /// What surrounds a picture that is padded.
    public enum Padding: Sendable, Hashable {
        /// One value in every channel.
        case constant(UInt8)
        /// The nearest pixel of the picture.
        case edge
    }

    /// The picture with margins of so many pixels.
    ///
    /// - Precondition: no margin is negative.
    public func padded(
        left: Int = 0, top: Int = 0, right: Int = 0, bottom: Int = 0, with padding: Padding = .constant(0)
    ) -> Image {
        precondition(left >= 0 && top >= 0 && right >= 0 && bottom >= 0, "no margin is negative")
        let newWidth = left + width + right
        let newHeight = top + height + bottom
        return Image(width: newWidth, height: newHeight, channels: channels) { target in
            pixels.withUnsafeBufferPointer { source in
                for row in 0..<newHeight {
                    for column in 0..<newWidth {
                        let output = (row * newWidth + column) * channels
                        let y = min(max(row - top, 0), height - 1)
                        let x = min(max(column - left, 0), width - 1)
                        let isInside = y == row - top && x == column - left
                        for channel in 0..<channels {
                            target[output + channel] =
                                if case .constant(let value) = padding, !isInside { value } else {
                                    source[(y * width + x) * channels + channel]
                                }
                        }
                    }
                }
            }
        }
    }

    /// The picture mirrored left to right.
    public func flippedHorizontally() -> Image {
        upright(from: .mirrored)
    }
}

private func copy(
    _ source: UnsafeBufferPointer<UInt8>, from start: Int, to target: UnsafeMutableBufferPointer<UInt8>,
    at position: Int, count: Int
) {
    for offset in 0..<count { target[position + offset] = source[start + offset] }
}
