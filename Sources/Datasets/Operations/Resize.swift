import CKernels

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
                taps.withKernelTaps { taps in
                    ck_resample_rows(
                        instructions, source.baseAddress, target.baseAddress, taps, Int64(height), Int64(width),
                        Int64(channels))
                }
            }
        }
    }

    private func resampledColumns(_ taps: Taps) -> Image {
        Image(width: width, height: taps.count, channels: channels) { target in
            pixels.withUnsafeBufferPointer { source in
                taps.withKernelTaps { taps in
                    ck_resample_columns(instructions, source.baseAddress, target.baseAddress, taps, Int64(stride))
                }
            }
        }
    }
}

private let instructions = ck_best_instructions()

/// For each output of an axis, which inputs it averages and with what weights.
///
/// Weights are whole multiples of 2⁻²²: 255 of them still fit 31 bits, and the result is the same on
/// every processor.
private struct Taps {
    static let precision = 22

    /// Outputs.
    let count: Int
    /// Weights set aside for each output.
    let width: Int
    /// The first input of each output.
    private var first: [Int32]
    /// The inputs of each output.
    private var used: [Int32]
    private var weights: [Int32]

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
            first.append(Int32(lower))
            used.append(Int32(raw.count))
        }
    }

    func withKernelTaps(_ body: (ck_taps) -> Void) {
        first.withUnsafeBufferPointer { first in
            used.withUnsafeBufferPointer { used in
                weights.withUnsafeBufferPointer { weights in
                    body(
                        ck_taps(
                            first: first.baseAddress, used: used.baseAddress, weights: weights.baseAddress,
                            width: Int64(width), outputs: Int64(count)))
                }
            }
        }
    }
}
