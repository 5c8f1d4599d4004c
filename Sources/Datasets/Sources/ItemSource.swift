/// A list of labelled samples and the way to their bytes.
public protocol ItemSource: Sendable {
    /// The samples, in an order that is the same on every system.
    var items: [Item] { get }

    /// The file or record as it is stored, for a decoder of its kind. May be called from any thread.
    ///
    /// - Throws: ``DataError`` that names the file.
    func bytes(of item: Item) throws -> [UInt8]

    /// The item's full path, for messages.
    func place(of item: Item) -> String
}

extension ItemSource {
    /// The item decoded as a picture.
    ///
    /// - Throws: ``DataError`` that names the file and says what is wrong with it.
    public func image(of item: Item, _ decoding: ImageDecoding = ImageDecoding()) throws -> Image {
        let bytes = try bytes(of: item)
        do {
            return try Image(decoding: bytes, decoding)
        } catch let error as ImageError {
            throw DataError(path: place(of: item), message: error.description)
        }
    }
}
