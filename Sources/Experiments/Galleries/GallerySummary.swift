import Foundation
import Gallery

/// What a gallery holds.
public struct GallerySummary: Sendable, Encodable {
    public let gallery: String
    public let settings: GallerySettings
    public let created: Date
    public let size: GallerySize
    public let threshold: IdentificationThreshold?
    public let identities: [EnrolledIdentity]

    public init(gallery path: String) throws {
        let opened = try Gallery(path: path)
        gallery = path
        settings = opened.settings
        created = opened.created
        size = try opened.size()
        threshold = try? opened.threshold()
        identities = try opened.identities()
    }
}

/// What a verb changed in a gallery.
public struct GalleryChange: Sendable, Encodable {
    public let gallery: String
    /// How many samples were stored, removed or written.
    public let samples: Int
    public let size: GallerySize
    /// The threshold as it stands for the gallery now.
    public let threshold: IdentificationThreshold?

    private init(_ gallery: Gallery, samples: Int) throws {
        self.gallery = gallery.path
        self.samples = samples
        threshold = try GalleryEnrolment.deriveThreshold(gallery)
        size = try gallery.size()
    }

    /// Removes people, every trace of their embeddings included.
    public static func removing(_ names: [String], from path: String) throws -> GalleryChange {
        let gallery = try Gallery(path: path)
        return try GalleryChange(gallery, samples: gallery.remove(names: names))
    }

    /// Adds what other galleries hold.
    public static func merging(
        _ others: [String], into path: String, knownNames: KnownNames
    ) throws -> GalleryChange {
        let gallery = try Gallery(path: path)
        let opened = try others.map { try Gallery(path: $0) }
        return try GalleryChange(
            gallery, samples: opened.reduce(0) { try $0 + gallery.merge($1, knownNames: knownNames) })
    }

    /// Adds embeddings from a file, with their names in a table beside it.
    public static func importing(
        _ file: String, into path: String, knownNames: KnownNames, trustsModel: Bool
    ) throws -> GalleryChange {
        let gallery = try Gallery(path: path)
        return try GalleryChange(
            gallery,
            samples: gallery.importSamples(from: file, knownNames: knownNames, trustsModel: trustsModel))
    }

    /// Writes embeddings to a file, and their names to a table beside it.
    public static func exporting(_ path: String, to file: String) throws -> Int {
        try EmbeddingRun.checkWritable(file)
        return try Gallery(path: path).export(to: file)
    }
}
