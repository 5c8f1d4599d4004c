import CGIF

/// Decodes the first frame of a GIF with giflib, on the whole canvas.
///
/// Pixels of the canvas that the frame does not cover are transparent black. A picture with
/// transparency follows the rule of `decoding`; the result always has three channels.
func decodeGIF(_ bytes: [UInt8], _ decoding: ImageDecoding) throws -> Image {
    try bytes.withUnsafeBufferPointer { buffer in
        var input = GIFInput(bytes: buffer)
        return try withUnsafeMutablePointer(to: &input) { input in
            var code: Int32 = 0
            guard let file = DGifOpen(input, readGIF, &code) else { throw gifFailure(code) }
            defer { _ = DGifCloseFile(file, nil) }
            return try GIFReader(file: file, decoding: decoding).firstFrame()
        }
    }
}

/// Bytes in memory and how many of them giflib has taken.
private struct GIFInput {
    let bytes: UnsafeBufferPointer<UInt8>
    var position = 0
}

private let readGIF: InputFunc = { file, target, count in
    guard let input = file?.pointee.UserData?.assumingMemoryBound(to: GIFInput.self), let target else {
        return 0
    }
    let taken = min(Int(count), input.pointee.bytes.count - input.pointee.position)
    guard taken > 0, let start = input.pointee.bytes.baseAddress else { return 0 }
    target.update(from: start + input.pointee.position, count: taken)
    input.pointee.position += taken
    return Int32(taken)
}

private func gifFailure(_ code: Int32) -> ImageError {
    let message = GifErrorString(code).map { String(cString: $0) } ?? "giflib's error \(code)"
    let endsEarly = code == D_GIF_ERR_READ_FAILED || code == D_GIF_ERR_EOF_TOO_SOON
    return endsEarly ? .truncated(.gif, detail: message) : .corrupt(.gif, detail: message)
}

/// Goes through the records of an open file: the first frame is decoded, later ones are only walked
/// so that a file that breaks off is noticed.
private struct GIFReader {
    let file: UnsafeMutablePointer<GifFileType>
    let decoding: ImageDecoding

    func firstFrame() throws -> Image {
        var transparentIndex = Int32(NO_TRANSPARENT_COLOR)
        var raster: AlphaRaster?
        while true {
            var record = UNDEFINED_RECORD_TYPE
            try check(DGifGetRecordType(file, &record))
            switch record {
            case IMAGE_DESC_RECORD_TYPE:
                try check(DGifGetImageDesc(file))
                if raster == nil {
                    raster = try decodeFrame(transparentIndex)
                } else {
                    try skipFrame()
                }
            case EXTENSION_RECORD_TYPE:
                if let index = try readExtension(), raster == nil { transparentIndex = index }
            case TERMINATE_RECORD_TYPE:
                guard let raster else {
                    throw ImageError.corrupt(.gif, detail: "it holds no frame")
                }
                return raster.image(decoding.transparency)
            default:
                throw ImageError.corrupt(.gif, detail: "it holds a record of no known kind")
            }
        }
    }

    private func check(_ result: Int32) throws {
        if result == GIF_ERROR { throw gifFailure(file.pointee.Error) }
    }

    private func decodeFrame(_ transparentIndex: Int32) throws -> AlphaRaster {
        let frame = file.pointee.Image
        let left = Int(frame.Left)
        let top = Int(frame.Top)
        let columns = Int(frame.Width)
        let rows = Int(frame.Height)
        let width = max(Int(file.pointee.SWidth), left + columns)
        let height = max(Int(file.pointee.SHeight), top + rows)
        try decoding.checkSize(width: columns, height: rows, format: .gif)
        try decoding.checkSize(width: width, height: height, format: .gif)
        guard let map = frame.ColorMap ?? file.pointee.SColorMap else {
            throw ImageError.corrupt(.gif, detail: "its frame has no palette")
        }
        let palette = UnsafeBufferPointer(start: map.pointee.Colors, count: Int(map.pointee.ColorCount))

        var samples = [UInt8](repeating: 0, count: width * height * 4)
        var line = [UInt8](repeating: 0, count: columns)
        for row in rowOrder(rows: rows, interlaced: frame.Interlace) {
            try check(DGifGetLine(file, &line, Int32(columns)))
            var offset = ((top + row) * width + left) * 4
            for index in line {
                guard Int(index) < palette.count else {
                    throw ImageError.corrupt(.gif, detail: "a pixel names a colour outside the palette")
                }
                let color = palette[Int(index)]
                samples[offset] = color.Red
                samples[offset + 1] = color.Green
                samples[offset + 2] = color.Blue
                samples[offset + 3] = Int32(index) == transparentIndex ? 0 : 255
                offset += 4
            }
        }
        return AlphaRaster(width: width, height: height, channels: 4, samples: samples)
    }

    /// GIF89a, appendix E: an interlaced frame stores every 8th row, then the rows between.
    private func rowOrder(rows: Int, interlaced: Bool) -> [Int] {
        guard interlaced else { return Array(0..<rows) }
        return [(0, 8), (4, 8), (2, 4), (1, 2)].flatMap { first, step in
            Array(stride(from: first, to: rows, by: step))
        }
    }

    private func skipFrame() throws {
        var codeSize: Int32 = 0
        var block: UnsafeMutablePointer<GifByteType>?
        try check(DGifGetCode(file, &codeSize, &block))
        while block != nil {
            try check(DGifGetCodeNext(file, &block))
        }
    }

    /// Reads an extension to its end; a graphics control block may name a transparent colour.
    private func readExtension() throws -> Int32? {
        var function: Int32 = 0
        var block: UnsafeMutablePointer<GifByteType>?
        var transparentIndex: Int32?
        try check(DGifGetExtension(file, &function, &block))
        while let content = block {
            if function == GRAPHICS_EXT_FUNC_CODE {
                var control = GraphicsControlBlock()
                // The block's first byte is its length.
                if DGifExtensionToGCB(Int(content[0]), content + 1, &control) != GIF_ERROR {
                    transparentIndex = control.TransparentColor
                }
            }
            try check(DGifGetExtensionNext(file, &block))
        }
        return transparentIndex
    }
}
