extension Image {
    /// Every colour's distance from its own grey multiplied by `factor`: `l + factor (v - l)`, rounded and
    /// kept within 0...255, where `l` is the pixel's luma (``grey()``). 0 leaves grey; a grey picture
    /// stays as it is.
    ///
    /// - Precondition: `factor` is not negative.
    public func withSaturation(_ factor: Double) -> Image {
        precondition(factor >= 0, "a saturation is not negative")
        guard channels == 3 else { return self }
        return mappedColors { red, green, blue in
            let grey = Double(luma(red, green, blue))
            return (
                grey + factor * (Double(red) - grey), grey + factor * (Double(green) - grey),
                grey + factor * (Double(blue) - grey)
            )
        }
    }

    /// Every colour turned around the circle of hues by `shift` of a whole turn; saturation and value (of
    /// the HSV hexcone, Smith 1978) stay. A grey picture stays as it is.
    public func withHue(shiftedBy shift: Double) -> Image {
        guard channels == 3 else { return self }
        return mappedColors { red, green, blue in
            let (red, green, blue) = (Double(red), Double(green), Double(blue))
            let value = max(red, green, blue)
            let chroma = value - min(red, green, blue)
            guard chroma > 0 else { return (value, value, value) }
            // The hue in sixths of a turn.
            let sector =
                if value == red { (green - blue) / chroma } else if value == green { (blue - red) / chroma + 2 } else {
                    (red - green) / chroma + 4
                }
            let hue = sector + 6 * shift
            // v − c · max(0, min(k, 4 − k, 1)) with k = n + hue modulo 6 and n = 5, 3, 1.
            func channel(_ offset: Double) -> Double {
                let raw = (offset + hue).remainder(dividingBy: 6)
                let k = raw < 0 ? raw + 6 : raw
                return value - chroma * max(0, min(k, 4 - k, 1))
            }
            return (channel(5), channel(3), channel(1))
        }
    }

    private func mappedColors(_ map: (UInt8, UInt8, UInt8) -> (Double, Double, Double)) -> Image {
        Image(width: width, height: height, channels: 3) { target in
            pixels.withUnsafeBufferPointer { source in
                for pixel in 0..<width * height {
                    let (red, green, blue) = map(source[3 * pixel], source[3 * pixel + 1], source[3 * pixel + 2])
                    target[3 * pixel] = sample(red)
                    target[3 * pixel + 1] = sample(green)
                    target[3 * pixel + 2] = sample(blue)
                }
            }
        }
    }
}

@inline(__always)
private func sample(_ value: Double) -> UInt8 {
    UInt8(min(max(value, 0), 255).rounded())
}
