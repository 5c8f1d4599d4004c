import CPNG

/// Decodes a PNG with libpng's simplified reader. Samples of 16 bits become `round(v / 257)`.
func decodePNG(_ bytes: [UInt8], _ decoding: ImageDecoding) throws -> Image {
    let chunks = try PNGChunks(bytes)
    try decoding.checkSize(width: chunks.width, height: chunks.height, format: .png)

    var picture = png_image()
    picture.version = UInt32(PNG_IMAGE_VERSION)
    defer { png_image_free(&picture) }
    guard png_image_begin_read_from_memory(&picture, chunks.bytes, chunks.bytes.count) != 0 else {
        throw pngFailure(picture)
    }
    picture.format =
        (chunks.hasColor ? PNG_FORMAT_FLAG_COLOR : 0) | (chunks.hasAlpha ? PNG_FORMAT_FLAG_ALPHA : 0)
    // Without this flag 16-bit samples would be taken as linear light and bent into sRGB.
    picture.flags |= UInt32(PNG_IMAGE_FLAG_16BIT_sRGB)

    let channels = (chunks.hasColor ? 3 : 1) + (chunks.hasAlpha ? 1 : 0)
    let count = chunks.width * chunks.height * channels
    let samples = try [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
        let stride = Int32(chunks.width * channels)
        guard png_image_finish_read(&picture, nil, buffer.baseAddress, stride, nil) != 0 else {
            throw pngFailure(picture)
        }
        initialized = count
    }
    if chunks.hasAlpha {
        return AlphaRaster(
            width: chunks.width, height: chunks.height, channels: channels, samples: samples
        ).image(decoding.transparency)
    }
    return Image(width: chunks.width, height: chunks.height, channels: channels, pixels: samples)
}

/// The error of libpng's message; "read beyond end of data" and "Not enough image data" are its words
/// for a picture that stops.
func pngFailure(_ picture: png_image) -> ImageError {
    let message = withUnsafeBytes(of: picture.message) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    let isShort = message.contains("beyond end") || message.contains("Not enough image data")
    return isShort ? .truncated(.png, detail: message) : .corrupt(.png, detail: message)
}
