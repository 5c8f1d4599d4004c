/// A picture: rows of 8-bit samples, top to bottom, channels interleaved.
///
/// Sample `c` of the pixel in column `x` and row `y` is `pixels[(y * width + x) * channels + c]`.
public struct Image: Sendable, Hashable {
    /// Columns, at least 1.
    public let width: Int
    /// Rows, at least 1.
    public let height: Int
    /// 1 for grey, 3 for red, green, blue.
    public let channels: Int
    /// `height * width * channels` samples.
    public private(set) var pixels: [UInt8]

    /// Makes a picture of samples that are already in memory.
    ///
    /// - Precondition: `width` and `height` are positive, `channels` is 1 or 3, and `pixels` holds
    ///   `height * width * channels` samples.
    public init(width: Int, height: Int, channels: Int, pixels: [UInt8]) {
        precondition(width > 0 && height > 0, "a picture has at least one pixel")
        precondition(channels == 1 || channels == 3, "a picture has 1 or 3 channels")
        precondition(pixels.count == width * height * channels, "pixels do not fill the picture")
        self.width = width
        self.height = height
        self.channels = channels
        self.pixels = pixels
    }

    /// Makes a picture of one value.
    public init(width: Int, height: Int, channels: Int, filledWith value: UInt8) {
        self.init(
            width: width, height: height, channels: channels,
            pixels: [UInt8](repeating: value, count: width * height * channels))
    }

    /// The sample of channel `channel` in column `x` and row `y`.
    public subscript(x: Int, y: Int, channel: Int) -> UInt8 {
        get {
            pixels[offset(x, y, channel)]
        }
        set {
            pixels[offset(x, y, channel)] = newValue
        }
    }

    private func offset(_ x: Int, _ y: Int, _ channel: Int) -> Int {
        precondition(
            0..<width ~= x && 0..<height ~= y && 0..<channels ~= channel,
            "no such sample in the picture")
        return (y * width + x) * channels + channel
    }

    /// Samples in a row.
    var stride: Int { width * channels }

    /// Makes a picture whose samples `fill` writes, every one of them.
    init(
        width: Int, height: Int, channels: Int,
        fill: (UnsafeMutableBufferPointer<UInt8>) throws -> Void
    ) rethrows {
        let count = width * height * channels
        let pixels = try [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            try fill(UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
            initialized = count
        }
        self.init(width: width, height: height, channels: channels, pixels: pixels)
    }
}
