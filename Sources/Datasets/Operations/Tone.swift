import Foundation

extension Image {
    /// Every sample multiplied by `factor`, rounded and kept within 0...255.
    ///
    /// - Precondition: `factor` is not negative.
    public func withBrightness(_ factor: Double) -> Image {
        precondition(factor >= 0, "a brightness is not negative")
        return mapped { $0 * factor }
    }

    /// Every sample's distance from the mean multiplied by `factor`: `m + factor (v - m)`, rounded and
    /// kept within 0...255, where `m` is the mean of the grey picture, rounded.
    ///
    /// - Precondition: `factor` is not negative.
    public func withContrast(_ factor: Double) -> Image {
        precondition(factor >= 0, "a contrast is not negative")
        let total = grey().pixels.reduce(0) { $0 + Int($1) }
        let mean = (Double(total) / Double(width * height)).rounded()
        return mapped { mean + factor * ($0 - mean) }
    }

    /// Every sample raised to a power: `255 (v / 255)^exponent`, rounded. Below 1 brightens.
    ///
    /// - Precondition: `exponent` is positive.
    public func withGamma(_ exponent: Double) -> Image {
        precondition(exponent > 0, "a gamma is positive")
        return mapped { 255 * pow($0 / 255, exponent) }
    }

    private func mapped(_ curve: (Double) -> Double) -> Image {
        let table = (0...255).map { UInt8(min(max(curve(Double($0)), 0), 255).rounded()) }
        return Image(width: width, height: height, channels: channels) { target in
            table.withUnsafeBufferPointer { table in
                for (index, sample) in pixels.enumerated() { target[index] = table[Int(sample)] }
            }
        }
    }
}
