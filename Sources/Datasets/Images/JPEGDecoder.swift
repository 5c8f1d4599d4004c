import CTurboJPEG

/// Decodes a JPEG with TurboJPEG: accurate DCT and smooth upsampling, as Pillow does.
func decodeJPEG(_ bytes: [UInt8], _ decoding: ImageDecoding) throws -> Image {
    guard let handle = tjInitDecompress() else {
        throw ImageError.unsupported(.jpeg, detail: "TurboJPEG could not be started")
    }
    defer { tjDestroy(handle) }

    var width: Int32 = 0
    var height: Int32 = 0
    var subsampling: Int32 = 0
    var colorspace: Int32 = 0
    let header = tjDecompressHeader3(
        handle, bytes, UInt(bytes.count), &width, &height, &subsampling, &colorspace)
    guard header == 0 || isHarmlessWarning(handle) else { throw jpegFailure(handle) }
    try decoding.checkSize(width: Int(width), height: Int(height), format: .jpeg)
    let structure = try JPEGStructure(bytes)

    // Four inks are not converted by the library: they come out as stored.
    let format: TJPF
    let channels: Int
    switch colorspace {
    case Int32(TJCS_GRAY.rawValue): (format, channels) = (TJPF_GRAY, 1)
    case Int32(TJCS_CMYK.rawValue), Int32(TJCS_YCCK.rawValue): (format, channels) = (TJPF_CMYK, 4)
    default: (format, channels) = (TJPF_RGB, 3)
    }
    let count = Int(width) * Int(height) * channels
    let samples = try [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
        let result = tjDecompress2(
            handle, bytes, UInt(bytes.count), buffer.baseAddress, width, 0, height,
            format.rawValue, TJFLAG_ACCURATEDCT | TJFLAG_LIMITSCANS)
        guard result == 0 || isHarmlessWarning(handle) else { throw jpegFailure(handle) }
        initialized = count
    }
    let image =
        channels == 4
        ? imageOfInks(samples, width: Int(width), height: Int(height), inverted: structure.hasAdobeMarker)
        : Image(width: Int(width), height: Int(height), channels: channels, pixels: samples)
    return decoding.appliesOrientation ? image.upright(from: structure.orientation) : image
}

/// Bytes between two segments change no pixel and occur in many real files; every other warning
/// (missing data, bad codes, lost restart markers) means that pixels were made up. The library keeps the
/// first warning of a file.
private func isHarmlessWarning(_ handle: tjhandle) -> Bool {
    tjGetErrorCode(handle) == Int32(TJERR_WARNING.rawValue)
        && String(cString: tjGetErrorStr2(handle)).contains("extraneous bytes before marker")
}

private func jpegFailure(_ handle: tjhandle) -> ImageError {
    let message = String(cString: tjGetErrorStr2(handle))
    let endsEarly = message.lowercased().contains("premature end")
    return endsEarly ? .truncated(.jpeg, detail: message) : .corrupt(.jpeg, detail: message)
}

/// Cyan, magenta, yellow and black to red, green and blue: `R = (255 - C)(255 - K) / 255`.
private func imageOfInks(_ samples: [UInt8], width: Int, height: Int, inverted: Bool) -> Image {
    let mask: UInt8 = inverted ? 0 : 0xFF
    return Image(width: width, height: height, channels: 3) { target in
        for pixel in 0..<width * height {
            let white = UInt32(samples[4 * pixel + 3] ^ mask)
            for channel in 0..<3 {
                let light = UInt32(samples[4 * pixel + channel] ^ mask)
                target[3 * pixel + channel] = UInt8((light * white + 127) / 255)
            }
        }
    }
}
