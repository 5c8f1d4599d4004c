import Datasets
import Networks
import Torch

/// Pictures that a tiny network learns to tell apart within seconds.
public enum Toy {
    public static let size = 16

    /// A grey picture: waves whose direction is the identity's, under noise that is the picture's own.
    public static func picture(identity: Int, number: Int, side: Int = size) -> Image {
        var generator = SeededGenerator(seed: 7, stream: UInt64(identity), UInt64(number))
        var image = Image(width: side, height: side, channels: 1, filledWith: 0)
        for y in 0..<side {
            for x in 0..<side {
                let wave = [x, y, x + y, x - y + side][identity % 4] / (2 + identity / 4)
                let level = wave.isMultiple(of: 2) ? 70 : 180
                image[x, y, 0] = UInt8(level + generator.integer(below: 50))
            }
        }
        return image
    }

    /// Identities "0", "1", … with equally many pictures each, in memory.
    public static func source(identities: Int, pictures: Int) -> MemorySource {
        MemorySource(
            (0..<identities).flatMap { identity in
                (0..<pictures).map { ("\(identity)", picture(identity: identity, number: $0)) }
            })
    }

    /// The same as a folder of PNG files per identity.
    public static func write(identities: Int, pictures: Int, to folder: TemporaryFolder, named name: String) throws {
        for identity in 0..<identities {
            for number in 0..<pictures {
                try folder.write(
                    "\(name)/p\(identity)/\(number).png", picture(identity: identity, number: number).pngData())
            }
        }
    }

    /// A network of a few hundred numbers for these pictures.
    public static func network(embedding: Int = 8) throws -> NetworkDescription {
        var description = try NetworkDescription("sfnet-small")
        description.settings.sfnet?.channels = [4, 4, 4, 4]
        description.settings.sfnet?.blocks = [0, 0, 0, 0]
        description.settings.input = [1, size, size]
        description.settings.embedding = embedding
        return description
    }
}

/// Pictures in memory as a source.
public struct MemorySource: ItemSource {
    public let items: [Item]
    private let pictures: [Image]

    public init(_ pictures: [(label: String, image: Image)]) {
        items = pictures.enumerated().map { index, picture in
            Item(path: "picture\(index)", record: index, label: picture.label)
        }
        self.pictures = pictures.map(\.image)
    }

    public func bytes(of item: Item) throws -> [UInt8] {
        guard let record = item.record else { throw DataError(path: item.path, message: "has no record") }
        return pictures[record].netpbmData()
    }

    public func place(of item: Item) -> String { "memory/\(item.path)" }
}
