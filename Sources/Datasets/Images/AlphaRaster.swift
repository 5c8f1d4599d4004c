/// Decoded samples with alpha as the last of 2 or 4 channels, not premultiplied.
struct AlphaRaster {
    let width: Int
    let height: Int
    let channels: Int
    let samples: [UInt8]

    /// The picture without alpha, by the stated rule.
    func image(_ transparency: ImageDecoding.Transparency) -> Image {
        let colors = channels - 1
        return Image(width: width, height: height, channels: colors) { target in
            for pixel in 0..<width * height {
                let alpha = UInt32(samples[pixel * channels + colors])
                for channel in 0..<colors {
                    let color = samples[pixel * channels + channel]
                    target[pixel * colors + channel] =
                        switch transparency {
                        case .dropped: color
                        case .composited(let background):
                            UInt8((alpha * UInt32(color) + (255 - alpha) * UInt32(background) + 127) / 255)
                        }
                }
            }
        }
    }
}
