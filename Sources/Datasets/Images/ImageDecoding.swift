/// How bytes become an ``Image``.
public struct ImageDecoding: Sendable, Hashable {
    /// What becomes of transparency.
    public enum Transparency: Sendable, Hashable {
        /// `out = (alpha * colour + (255 - alpha) * background) / 255`, rounded, on stored values.
        case composited(background: UInt8)
        /// Alpha is ignored and the stored colour taken, as `convert("RGB")` does in Pillow.
        case dropped
    }

    /// Composited over white by default, since the colour under transparent pixels is arbitrary.
    public var transparency: Transparency
    /// Whether the orientation tag of a JPEG's EXIF header turns the picture upright.
    public var appliesOrientation: Bool
    /// The most pixels that are decoded, so that a small file cannot claim all memory.
    public var pixelLimit: Int

    public init(
        transparency: Transparency = .composited(background: 255),
        appliesOrientation: Bool = true,
        pixelLimit: Int = 64_000_000
    ) {
        precondition(pixelLimit > 0, "the pixel limit is positive")
        self.transparency = transparency
        self.appliesOrientation = appliesOrientation
        self.pixelLimit = pixelLimit
    }

    /// Throws ``ImageError/tooLarge(width:height:limit:)`` before anything of that size is allocated.
    func checkSize(width: Int, height: Int, format: ImageFormat) throws {
        guard width > 0, height > 0 else {
            throw ImageError.corrupt(format, detail: "its header announces \(width) × \(height) pixels")
        }
        let (count, overflow) = width.multipliedReportingOverflow(by: height)
        if overflow || count > pixelLimit {
            throw ImageError.tooLarge(width: width, height: height, limit: pixelLimit)
        }
    }
}

extension Image {
    /// Decodes a JPEG, PNG, GIF (its first frame), PBM, PGM or PPM picture.
    ///
    /// The result has one channel where the file is grey and three where it has colours or a palette.
    /// Samples of 16 bits are scaled to 8. Colour profiles and gamma are ignored: values are taken as
    /// stored.
    ///
    /// - Throws: ``ImageError``; a picture that ends too soon is an error, never half a picture.
    public init(decoding bytes: [UInt8], _ decoding: ImageDecoding = ImageDecoding()) throws {
        guard !bytes.isEmpty else { throw ImageError.empty }
        guard let format = ImageFormat(signatureOf: bytes) else {
            throw ImageError.unknownFormat(start: describeStart(of: bytes))
        }
        switch format {
        case .jpeg: self = try decodeJPEG(bytes, decoding)
        case .png: self = try decodePNG(bytes, decoding)
        case .gif: self = try decodeGIF(bytes, decoding)
        case .netpbm: self = try decodeNetpbm(bytes, decoding)
        }
    }
}
