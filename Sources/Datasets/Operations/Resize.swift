import Foundation

extension Image {
    /// The picture in another size, by linear interpolation that averages where it shrinks.
    ///
    /// Each output sample is a weighted mean, first along rows and then along columns. With the scale
    /// `s = input / output` of an axis and `r = max(1, s)`, output `i` has its centre at
    /// `c = (i + 1/2) s`, and input `j` the weight `max(0, 1 - |j + 1/2 - c| / r)`, all weights divided
    /// by their sum. Enlarging, this is plain bilinear interpolation; shrinking, every input sample
    /// counts and nothing aliases. An axis that keeps its size is left alone. The same as `BILINEAR` in
    /// Pillow's `resize`, to one level.
    ///
    /// - Precondition: `width` and `height` are positive.
    public func resized(width newWidth: Int, height newHeight: Int) -> Image {
        precondition(newWidth > 0 && newHeight > 0, "a picture has at least one pixel")
        let wide = newWidth == width ? self : resampledRows(Taps(from: width, to: newWidth))
        return newHeight == height ? wide : wide.resampledColumns(Taps(from: height, to: newHeight))
    }

    private func resampledRows(_ taps: Taps) -> Image {
        Image(width: taps.count, height: height, channels: channels) { target in
            pixels.withUnsafeBufferPointer { source in
                taps.weights.withUnsafeBufferPointer { weights in
                    var output = 0
                    for row in 0..<height {
                        for column in 0..<taps.count {
                            var input = row * stride + taps.first[column] * channels
                            let start = column * taps.width
                            let tapRange = start..<start + taps.used[column]
                            if channels == 3 {
                                var (red, green, blue) = (Taps.half, Taps.half, Taps.half)
                                for tap in tapRange {
                                    red &+= weights[tap] &* Int32(source[input])
                                    green &+= weights[tap] &* Int32(source[input + 1])
                                    blue &+= weights[tap] &* Int32(source[input + 2])
                                    input += 3
                                }
                                target[output] = Taps.sample(red)
                                target[output + 1] = Taps.sample(green)
                                target[output + 2] = Taps.sample(blue)
                                output += 3
                            } else {
                                var grey = Taps.half
                                for tap in tapRange {
                                    grey &+= weights[tap] &* Int32(source[input])
                                    input += 1
                                }
                                target[output] = Taps.sample(grey)
                                output += 1
                            }
                        }
                    }
                }
            }
        }
    }

    private func resampledColumns(_ taps: Taps) -> Image {
        Image(width: width, height: taps.count, channels: channels) { target in
            pixels.withUnsafeBufferPointer { source in
                var sums = [Int32](repeating: 0, count: stride)
                sums.withUnsafeMutableBufferPointer { sums in
                    for row in 0..<taps.count {
                        sums.update(repeating: Taps.half)
                        for tap in 0..<taps.used[row] {
                            let weight = taps.weights[row * taps.width + tap]
                            let start = (taps.first[row] + tap) * stride
                            for sample in 0..<stride {
                                sums[sample] &+= weight &* Int32(source[start + sample])
                            }
                        }
                        for sample in 0..<stride {
                            target[row * stride + sample] = Taps.sample(sums[sample])
                        }
                    }
                }
            }
        }
    }
}

/// For each output of an axis, which inputs it averages and with what weights.
///
/// Weights are whole multiples of 2⁻²²: 255 of them still fit 31 bits, and the result is the same on
/// every processor.
private struct Taps {
    static let precision: Int32 = 22
    static let half: Int32 = 1 << (precision - 1)

    /// Outputs.
    let count: Int
    /// Weights set aside for each output.
    let width: Int
    /// The first input of each output.
    private(set) var first: [Int]
    /// The inputs of each output.
    private(set) var used: [Int]
    private(set) var weights: [Int32]

    init(from inputs: Int, to outputs: Int) {
        let scale = Double(inputs) / Double(outputs)
        let radius = max(1, scale)
        count = outputs
        width = Int(radius.rounded(.up)) * 2 + 1
        first = []
        used = []
        weights = [Int32](repeating: 0, count: outputs * width)
        for output in 0..<outputs {
            let center = (Double(output) + 0.5) * scale
            let lower = max(0, Int(center - radius + 0.5))
            let upper = min(inputs, Int(center + radius + 0.5))
            let raw = (lower..<upper).map { max(0, 1 - abs(Double($0) + 0.5 - center) / radius) }
            let sum = raw.reduce(0, +)
            for (tap, weight) in raw.enumerated() {
                weights[output * width + tap] = Int32((weight / sum * Double(1 << Self.precision)).rounded())
            }
            first.append(lower)
            used.append(raw.count)
        }
    }

    @inline(__always)
    static func sample(_ sum: Int32) -> UInt8 {
        UInt8(clamping: sum >> precision)
    }
}
