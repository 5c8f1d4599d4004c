import Datasets
import Gallery
import Models

/// Who pictures show, or that nobody in the gallery does.
public struct GalleryIdentification: Sendable, Encodable {
    public let gallery: String
    public let pooling: Pooling
    public let size: GallerySize
    /// What decides between somebody and nobody; none where there are too few strangers to measure with.
    public let threshold: IdentificationThreshold?
    /// The strangers' pictures that were left out, since they are enrolled.
    public let strangersLeftOut: Int
    public let pictures: [Picture]
    /// What was passed over, each with the file and the reason.
    public let failures: [String]
    /// How single pictures were searched, and why.
    public let search: SearchMethod?

    /// One picture with those in the gallery it is most like.
    public struct Picture: Sendable, Encodable {
        public let path: String
        public let decision: Decision
        /// The best match, where that is the decision.
        public let name: String?
        /// Best first.
        public let matches: [IdentityMatch]
    }

    public enum Decision: String, Sendable, Encodable {
        case identified
        case nobody
        /// There is no threshold.
        case undecided
    }

    /// - Parameters:
    ///   - count: how many identities to list for each picture.
    ///   - rate: the false positive identification rate; none for the gallery's own.
    /// - Throws: what is wrong with the gallery, its model, the inputs, or a rate that the strangers cannot support.
    public init(
        gallery path: String, inputs: [String], count: Int, rate: Double?, allowsUnsupportedRate: Bool,
        model: String? = nil, device: String = "cpu", progress: (Int, Int) -> Void = { _, _ in }
    ) throws {
        let opened = try OpenedGallery(path, model: model, device: device)
        guard try opened.gallery.size().identities > 0 else {
            throw GalleryError(
                path: path, message: "is empty: nobody is enrolled yet; begin with: margin enroll \(path) …")
        }
        // A rate that cannot be supported should show before minutes of embedding.
        _ = try opened.gallery.threshold(rate: rate, allowsUnsupported: allowsUnsupportedRate)
        let run = try EmbeddingRun(opened.embedder, inputs: inputs, progress: progress)
        // Another process may have enrolled people meanwhile: the threshold is that of the gallery that is searched.
        size = try opened.gallery.size()
        let threshold = try opened.gallery.threshold(rate: rate, allowsUnsupported: allowsUnsupportedRate)
        let found = try opened.gallery.identify(run.embeddings, count: count)
        gallery = path
        pooling = opened.gallery.settings.pooling
        self.threshold = threshold
        strangersLeftOut = try opened.gallery.strangerScores().leftOut
        failures = run.failures
        search = opened.gallery.searchMethod
        pictures = zip(run.paths, found).map { path, matches in
            let best = matches.first
            let isKnown = best.flatMap { match in threshold.map { $0.accepts(match.score) } }
            return Picture(
                path: path, decision: isKnown.map { $0 ? .identified : .nobody } ?? .undecided,
                name: isKnown == true ? best?.name : nil, matches: matches)
        }
    }

    /// A row for each picture and match: `path,decision,rank,name,score`.
    public var table: String {
        var text = "path,decision,rank,name,score\n"
        for picture in pictures {
            for (place, match) in picture.matches.enumerated() {
                let cells = [
                    picture.path, picture.decision.rawValue, "\(place + 1)", match.name, "\(match.score)",
                ]
                text += cells.map(commaSeparatedCell).joined(separator: ",") + "\n"
            }
        }
        return text
    }
}
