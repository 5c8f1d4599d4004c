/// Which column of a trial or score file holds what.
public struct TrialLayout: Hashable, Sendable {
    /// What a column holds.
    public enum Column: String, Hashable, Sendable {
        case score, key, left, right, utterance, speaker, attack, unused
    }

    /// The layout's name, such as "Kaldi scores with keys".
    public let name: String
    /// The columns from the left; fields beyond them are passed over where `hasMore`.
    public let columns: [Column]
    /// Whether lines may have more fields.
    let hasMore: Bool
    /// Whether the key 0 stands for a spoof, not for another person.
    let zeroIsSpoof: Bool

    init(_ name: String, _ columns: [Column], hasMore: Bool = false, zeroIsSpoof: Bool = false) {
        self.name = name
        self.columns = columns
        self.hasMore = hasMore
        self.zeroIsSpoof = zeroIsSpoof
    }

    public func has(_ column: Column) -> Bool { columns.contains(column) }

    /// `label path path`: VoxCeleb and OpenSphere.
    public static let voxCelebTrials = TrialLayout("VoxCeleb trials", [.key, .left, .right])
    /// `label path path score`.
    public static let voxCelebScores = TrialLayout("VoxCeleb scores", [.key, .left, .right, .score])
    /// `enroll test target|nontarget`.
    public static let kaldiTrials = TrialLayout("Kaldi trials", [.left, .right, .key])
    /// `enroll test score`; keys come from a trial list.
    public static let kaldiScores = TrialLayout("Kaldi scores", [.left, .right, .score])
    /// `enroll test score target|nontarget`, with what wespeaker adds behind.
    public static let kaldiKeyedScores = TrialLayout(
        "Kaldi scores with keys", [.left, .right, .score, .key], hasMore: true)
    /// `speaker utterance - attack key score`.
    public static let spoof2019Scores = TrialLayout(
        "ASVspoof 2019 scores", [.speaker, .utterance, .unused, .attack, .key, .score])
    /// `utterance attack key score`.
    public static let spoof2019ShortScores = TrialLayout(
        "ASVspoof 2019 scores, short", [.utterance, .attack, .key, .score])
    /// `attack key score`: the organisers' speaker verifier.
    public static let spoof2019VerifierScores = TrialLayout(
        "ASVspoof 2019 speaker verifier scores", [.attack, .key, .score])
    /// `speaker utterance - attack key`.
    public static let spoof2019Protocol = TrialLayout(
        "ASVspoof 2019 protocol", [.speaker, .utterance, .unused, .attack, .key])
    /// `utterance score`; keys come from a key file.
    public static let spoof2021Scores = TrialLayout("ASVspoof 2021 scores", [.utterance, .score])
    /// `speaker utterance codec transmission attack key subset …`.
    public static let spoof2021Keys = TrialLayout(
        "ASVspoof 2021 keys", [.speaker, .utterance, .unused, .unused, .attack, .key], hasMore: true)
    /// `Output, utterance, label, score`, 1 for bona fide.
    public static let nii = TrialLayout("NII scores", [.unused, .utterance, .key, .score], zeroIsSpoof: true)
    /// `label score`.
    public static let labelScore = TrialLayout("label and score", [.key, .score])
    /// `score label`.
    public static let scoreLabel = TrialLayout("score and label", [.score, .key])

    /// The layout of a file, from its first lines; `nil` if they fit none, or more than one.
    ///
    /// A few lines that do not fit are mistakes, to be named when the file is read.
    static func detected(from lines: [[Substring]]) -> TrialLayout? {
        let counts = Dictionary(grouping: lines, by: \.count)
        guard let most = counts.values.map(\.count).max(),
            let alike = lines.first(where: { counts[$0.count]?.count == most }).flatMap({ counts[$0.count] })
        else { return nil }
        return detected(from: alike, mistakes: 0) ?? detected(from: alike, mistakes: alike.count / 10)
    }

    /// - Parameters:
    ///   - lines: with equally many fields.
    ///   - mistakes: the lines of which a field need not be what its column holds.
    private static func detected(from lines: [[Substring]], mistakes: Int) -> TrialLayout? {
        let count = lines[0].count
        func are(_ isSo: (Substring) -> Bool) -> [Bool] {
            (0..<count).map { place in lines.count { !isSo($0[place]) } <= mistakes }
        }
        let isKey = are { TrialKind($0) != nil }
        let isNumber = are { Double($0) != nil }
        if lines[0][0] == "Output", count == 4 { return nii }
        switch count {
        case 2:
            if isKey[0], isNumber[1], !isKey[1] { return labelScore }
            if isNumber[0], isKey[1], !isKey[0] { return scoreLabel }
            return !isNumber[0] && isNumber[1] ? spoof2021Scores : nil
        case 3:
            if isKey[1], isNumber[2] { return spoof2019VerifierScores }
            if isKey[0], !isNumber[1] || !isNumber[2] { return voxCelebTrials }
            if isKey[2] { return kaldiTrials }
            return isNumber[2] ? kaldiScores : nil
        case 4...:
            if count == 6, isKey[4], isNumber[5] { return spoof2019Scores }
            if count == 4, isKey[2], isNumber[3], !isKey[3] { return spoof2019ShortScores }
            if count == 4, isKey[0], isNumber[3] { return voxCelebScores }
            if isNumber[2], isKey[3] { return kaldiKeyedScores }
            if count == 5, isKey[4] { return spoof2019Protocol }
            return count >= 8 && isKey[5] ? spoof2021Keys : nil
        default: return nil
        }
    }

    /// The layout that a line of column names describes, and the polarity that it tells; `nil` if it is none.
    static func header(_ fields: [Substring]) throws(TrialFileError.Reason) -> (TrialLayout, Polarity?)? {
        let columns = fields.map { columnNames[$0.lowercased()] ?? .unused }
        guard fields.allSatisfy({ Double($0) == nil }), columns.contains(.score) || columns.contains(.key) else {
            return nil
        }
        // “target” names a column beside other names of columns, and else is a key.
        let isKey = fields.map { TrialKind($0) != nil }
        guard zip(columns, isKey).allSatisfy({ $0 != .unused || !$1 }),
            !isKey.contains(true) || zip(columns, isKey).contains(where: { $0 != .unused && !$1 })
        else { return nil }
        for column in Set(columns) where column != .unused && columns.count(where: { $0 == column }) > 1 {
            throw TrialFileError.Reason("has two columns for the \(column.rawValue); leave one")
        }
        let names = zip(columns, fields).filter { $0.0 == .score }.map { $0.1.lowercased() }
        let polarity: Polarity? = names.first.flatMap { distanceNames.contains($0) ? .lowerIsGenuine : nil }
        return (TrialLayout("columns by name", columns), polarity)
    }

    private static let distanceNames: Set<String> = ["distance", "dist"]
    private static let columnNames: [String: Column] = [
        "score": .score, "scores": .score, "similarity": .score, "cosine": .score, "cosine_similarity": .score,
        "llr": .score, "y_score": .score, "distance": .score, "dist": .score,
        "label": .key, "labels": .key, "key": .key, "target": .key, "same": .key, "is_same": .key, "issame": .key,
        "y_true": .key, "ground_truth": .key,
        "enroll": .left, "enrol": .left, "enroll_id": .left, "enrol_id": .left, "enrollment": .left,
        "enrolment": .left, "left": .left, "path1": .left, "file1": .left, "name1": .left, "image1": .left,
        "img1": .left, "utt1": .left,
        "test": .right, "test_id": .right, "probe": .right, "right": .right, "path2": .right, "file2": .right,
        "name2": .right, "image2": .right, "img2": .right, "utt2": .right,
        "utterance": .utterance, "utt": .utterance, "file": .utterance, "filename": .utterance,
        "speaker": .speaker, "spk": .speaker, "attack": .attack, "system": .attack,
    ]
}
