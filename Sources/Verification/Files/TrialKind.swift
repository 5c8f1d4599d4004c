/// What a trial is, by the key in its file.
public enum TrialKind: String, CaseIterable, Hashable, Sendable, Codable {
    /// "target", "bonafide", "genuine", "same", 1.
    case genuine
    /// "nontarget", "impostor", "different", 0 or −1.
    case impostor
    /// "spoof".
    case spoof

    /// The kind that a key names.
    @inline(__always)
    init?(_ bytes: UnsafePointer<UInt8>, count: Int) {
        if count == 1 {
            switch bytes[0] {
            case 0x31: self = .genuine
            case 0x30: self = .impostor
            default: return nil
            }
            return
        }
        guard let kind = Self.words[String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)]
        else { return nil }
        self = kind
    }

    init?(_ word: Substring) {
        let kind = Array(word.utf8).withUnsafeBufferPointer { bytes in
            bytes.baseAddress.flatMap { TrialKind($0, count: bytes.count) }
        }
        guard let kind else { return nil }
        self = kind
    }

    static let words: [String: TrialKind] = [
        "target": .genuine, "bonafide": .genuine, "bona-fide": .genuine, "genuine": .genuine, "same": .genuine,
        "1.0": .genuine, "True": .genuine, "true": .genuine,
        "nontarget": .impostor, "non-target": .impostor, "impostor": .impostor, "imposter": .impostor,
        "different": .impostor, "-1": .impostor, "0.0": .impostor, "-1.0": .impostor, "False": .impostor,
        "false": .impostor, "spoof": .spoof,
    ]
}
