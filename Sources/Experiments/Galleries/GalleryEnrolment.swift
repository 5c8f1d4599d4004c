import Datasets
import Gallery
import Torch

/// Pictures enrolled into a gallery, each person whole or not at all.
public struct GalleryEnrolment: Sendable, Encodable {
    public let gallery: String
    /// Who was stored, with how many pictures.
    public private(set) var stored: [Stored] = []
    /// What was passed over, each with the file and the reason.
    public private(set) var failures: [String] = []
    /// People of whom no picture could be read.
    public private(set) var missing: [String] = []
    /// The threshold as it stands for the gallery now.
    public private(set) var threshold: IdentificationThreshold?

    /// Somebody who is on the disk now.
    public struct Stored: Sendable, Encodable {
        public let name: String
        public let pictures: Int
    }

    /// Something to be told while it goes on.
    public enum Event: Sendable {
        case embedded(Int, of: Int)
        /// They stay, whatever happens now.
        case stored([Stored])
    }

    /// Enrols pictures.
    ///
    /// - Parameters:
    ///   - inputs: folders with a folder for each person; with a name, pictures and folders of pictures of that person.
    ///   - model: where the model lies; none for where it lay when the gallery was made.
    ///   - knownNames: what to do with people who are enrolled already.
    /// - Throws: what is wrong with the gallery, its model or the inputs. Whoever was reported as stored stays so.
    public init(
        gallery path: String, inputs: [String], name: String?, model: String? = nil, knownNames: KnownNames = .refused,
        device: String = "cpu", event: (Event) -> Void = { _ in }
    ) throws {
        gallery = path
        let opened = try OpenedGallery(path, model: model, device: device)
        try opened.gallery.checkCanBeWritten()
        let people = try People(inputs: inputs, name: name)
        // Hours of embedding must not end with a name that was known from the start.
        if knownNames == .refused { try opened.gallery.checkUnknown(people.items.map(\.label)) }
        failures = people.skipped
        var rest = Dictionary(people.items.map { ($0.label, 1) }, uniquingKeysWith: +)
        var samples: [String: [EnrolledSample]] = [:]
        var done = 0
        try opened.embedder.embed(people) { batch in
            var finished: [String] = []
            func count(_ index: Int) {
                let name = people.items[index].label
                rest[name, default: 0] -= 1
                if rest[name] == 0 { finished.append(name) }
            }
            for (row, index) in batch.indices.enumerated() {
                guard let embedding = try batch.embeddings?[row].elements(as: Float.self) else { continue }
                samples[people.items[index].label, default: []].append(
                    EnrolledSample(source: people.place(of: people.items[index]), embedding: embedding))
            }
            // In the order of the files, so that people are finished in their order.
            for index in (batch.indices + batch.failures.map(\.index)).sorted() { count(index) }
            failures += batch.failures.map(\.reason)
            missing += finished.filter { samples[$0] == nil }
            let whole = finished.compactMap { name in
                samples.removeValue(forKey: name).map { Enrolment(name: name, samples: $0) }
            }
            if !whole.isEmpty {
                let new = try opened.gallery.add(whole, knownNames: knownNames).map {
                    Stored(name: $0.name, pictures: $0.sampleCount)
                }
                stored += new
                event(.stored(new))
            }
            done += batch.indices.count + batch.failures.count
            event(.embedded(done, of: people.items.count))
        }
        threshold = try Self.deriveThreshold(opened.gallery)
    }

    /// The threshold for the gallery as it is now, stored with it; none where a rate cannot be supported, which
    /// `identify` says when it matters.
    static func deriveThreshold(_ gallery: Gallery) throws -> IdentificationThreshold? {
        try gallery.deriveStrangerScores()
        return try? gallery.threshold()
    }
}

/// Pictures with the names of whom they show.
private struct People: ItemSource {
    let items: [Item]
    /// What lay in the folders and was not taken, each with the reason.
    let skipped: [String]

    init(inputs: [String], name: String?) throws {
        if let name {
            let files = try FileSource(filesAndFolders: inputs)
            items = files.items.map { Item(path: $0.path, label: name) }
            skipped = []
        } else {
            let sources = try inputs.map { try FolderSource(root: $0) }
            items = sources.flatMap { source in
                source.items.map { Item(path: source.place(of: $0), label: $0.label) }
            }
            skipped = sources.flatMap { source in
                source.skipped.map { "\(source.root)/\($0.path): passed over, for it \($0.reason)" }
            }
        }
    }

    func bytes(of item: Item) throws -> [UInt8] { try FileSource(paths: []).bytes(of: item) }
    func place(of item: Item) -> String { item.path }
}
