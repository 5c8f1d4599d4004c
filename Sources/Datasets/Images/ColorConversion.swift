extension Image {
    /// The picture in grey: luma of ITU-R BT.601, `L = 0.299 R + 0.587 G + 0.114 B`, rounded.
    ///
    /// The weights are taken to 16 bits, `(19595 R + 38470 G + 7471 B + 32768) / 65536`, so that the
    /// result equals Pillow's mode "L". A grey picture is returned as it is.
    public func grey() -> Image {
        guard channels == 3 else { return self }
        return Image(width: width, height: height, channels: 1) { target in
            pixels.withUnsafeBufferPointer { source in
                for pixel in 0..<target.count {
                    target[pixel] = luma(source[3 * pixel], source[3 * pixel + 1], source[3 * pixel + 2])
                }
            }
        }
    }

    /// The picture in three channels; a grey one has its channel repeated.
    public func rgb() -> Image {
        guard channels == 1 else { return self }
        return Image(width: width, height: height, channels: 3) { target in
            pixels.withUnsafeBufferPointer { source in
                for pixel in 0..<source.count {
                    target[3 * pixel] = source[pixel]
                    target[3 * pixel + 1] = source[pixel]
                    target[3 * pixel + 2] = source[pixel]
                }
            }
        }
    }

    /// The picture with 1 or 3 channels, by ``grey()`` or ``rgb()``.
    ///
    /// - Precondition: `channels` is 1 or 3.
    public func converted(toChannels channels: Int) -> Image {
        precondition(channels == 1 || channels == 3, "a picture has 1 or 3 channels")
        return channels == 1 ? grey() : rgb()
    }
}

/// Luma by ITU-R BT.601 with weights of 16 bits that sum to 65536.
@inline(__always)
func luma(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> UInt8 {
    let weighted = 19595 * UInt32(red) + 38470 * UInt32(green) + 7471 * UInt32(blue)
    return UInt8((weighted + 32768) >> 16)
}
