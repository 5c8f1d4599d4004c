import Foundation

/// A score file or a trial list, read into columns.
///
/// VoxCeleb, OpenSphere, Kaldi, ASVspoof 2019 and 2021, NII, plain labels with scores, and tables with column names
/// are told apart by their first lines. Lines that begin with # are comments; one that says, for example,
/// "higher = same" states the polarity. Scores are turned so that higher means genuine.
public struct TrialFile: Sendable {
    /// Where it came from, for messages.
    public let name: String
    public let layout: TrialLayout
    /// The polarity of the scores in the file.
    public let polarity: Polarity
    /// Whether the file, or whoever asked, stated the polarity; else it is the format's custom.
    public let isPolarityStated: Bool
    /// One score per trial, higher for genuine; empty in a trial list.
    public let scores: [Double]
    /// What each trial is; empty in a file without keys.
    public internal(set) var kinds: [TrialKind]
    /// The enrolled item, or the utterance, of each trial as a place in `items`; empty without such a column.
    public let left: [UInt32]
    /// The test item of each trial as a place in `items`; empty without such a column.
    public let right: [UInt32]
    /// The names of the items.
    public let items: TrialNames
    /// The speaker of each trial as a place in `speakerNames`; empty without such a column.
    public internal(set) var speakers: [UInt32]
    public internal(set) var speakerNames: [String]
    /// The attack of each trial as a place in `attackNames`; empty without such a column.
    public internal(set) var attacks: [UInt32]
    public internal(set) var attackNames: [String]
    /// The number of trials that stand in the file more than once, with one label.
    public let duplicateCount: Int
    /// The number of trials of the key list, if one was joined, that have no score here.
    public internal(set) var unscoredCount = 0

    /// The number of trials.
    public var count: Int { max(scores.count, kinds.count, left.count) }

    /// Reads a file, mapped into memory.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - layout: which column holds what; told from the first lines if none is given.
    ///   - polarity: what the scores mean, where the file does not say it.
    /// - Throws: ``TrialFileError`` that names the line.
    public init(path: String, layout: TrialLayout? = nil, polarity: Polarity? = nil) throws(TrialFileError) {
        let data: Data
        do {
            data = try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
        } catch {
            let exists = FileManager.default.fileExists(atPath: path)
            throw TrialFileError(file: path, message: exists ? "cannot be read" : "there is no such file")
        }
        try self.init(contents: data, name: path, layout: layout, polarity: polarity)
    }

    /// Reads the bytes of a file.
    public init(
        contents: Data, name: String, layout: TrialLayout? = nil, polarity: Polarity? = nil
    ) throws(TrialFileError) {
        let reader = TrialReader(contents: contents, name: name)
        let prelude = try reader.prelude(layout: layout, polarity: polarity)
        let columns = try reader.columns(after: prelude)
        self.name = name
        self.layout = prelude.layout
        self.polarity = prelude.polarity ?? .higherIsGenuine
        isPolarityStated = prelude.polarity != nil
        scores = self.polarity == .higherIsGenuine ? columns.scores : columns.scores.map { -$0 }
        kinds = columns.kinds
        left = columns.left
        right = columns.right
        items = columns.items
        speakers = columns.speakers
        speakerNames = columns.speakerNames
        attacks = columns.attacks
        attackNames = columns.attackNames
        duplicateCount = try reader.repeatedTrialCount(in: columns)
    }
}
