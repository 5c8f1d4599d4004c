import CPNG

extension Image {
    /// The picture as a PNG file, without loss.
    ///
    /// - Throws: ``ImageError/notWritten(_:detail:)`` with libpng's message.
    public func pngData() throws -> [UInt8] {
        var picture = png_image()
        picture.version = UInt32(PNG_IMAGE_VERSION)
        picture.width = UInt32(width)
        picture.height = UInt32(height)
        picture.format = channels == 3 ? PNG_FORMAT_FLAG_COLOR : 0
        defer { png_image_free(&picture) }

        // Deflate stores what it cannot compress: five bytes for each block of at most 16 KB, besides
        // one filter byte a row; the chunks around the data take less than 4 KB.
        let filtered = pixels.count + height
        let bound = filtered + filtered / 8 + 4096
        return try [UInt8](unsafeUninitializedCapacity: bound) { buffer, initialized in
            var count = bound
            guard
                png_image_write_to_memory(
                    &picture, buffer.baseAddress, &count, 0, pixels, Int32(stride), nil) != 0
            else {
                let message = withUnsafeBytes(of: picture.message) { bytes in
                    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
                }
                throw ImageError.notWritten(.png, detail: message)
            }
            initialized = count
        }
    }

    /// The picture as a raw PGM (grey) or PPM (colour) file.
    public func netpbmData() -> [UInt8] {
        Array("P\(channels == 1 ? 5 : 6)\n\(width) \(height)\n255\n".utf8) + pixels
    }
}
