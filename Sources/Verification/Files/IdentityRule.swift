/// How an item's name tells whose it is.
public enum IdentityRule: String, CaseIterable, Hashable, Sendable, Codable {
    /// `id10001/clip/00001.wav` is of id10001 (VoxCeleb).
    case firstFolder = "first folder"
    /// `lfw/Abel_Pacheco/Abel_Pacheco_0001.jpg` is of Abel_Pacheco.
    case lastFolder = "last folder"
    /// `Abel_Pacheco_0001.jpg` is of Abel_Pacheco (LFW).
    case beforeNumber = "before the last _"
    /// `id10001-clip-00001` is of id10001 (Kaldi's custom).
    case beforeDash = "before the first -"

    /// The identity that a name tells, if it is of this form.
    public func identity(of name: String) -> Substring? {
        let folders = name.split(separator: "/")
        switch self {
        case .firstFolder: return folders.count > 1 ? folders[0] : nil
        case .lastFolder: return folders.count > 1 ? folders[folders.count - 2] : nil
        case .beforeNumber:
            guard let file = folders.last, let end = file.lastIndex(of: "_") else { return nil }
            return file[..<end]
        case .beforeDash:
            guard let end = name.firstIndex(of: "-"), end > name.startIndex else { return nil }
            return name[..<end]
        }
    }
}

extension TrialFile {
    /// The rule by which this file's names tell identities: the first that names one for every item, the same for
    /// both sides of every genuine trial and different ones for every impostor trial. None if no rule does.
    public var identityRule: IdentityRule? {
        guard !right.isEmpty, !kinds.isEmpty else { return nil }
        return IdentityRule.allCases.first { rule in
            let identities = items.map { rule.identity(of: $0) }
            guard !identities.contains(nil) else { return false }
            var numbers: [Substring: UInt32] = [:]
            let numbered = identities.compactMap { $0 }.map { identity in
                let number = numbers[identity] ?? UInt32(numbers.count)
                numbers[identity] = number
                return number
            }
            return (0..<count).allSatisfy {
                (numbered[Int(left[$0])] == numbered[Int(right[$0])]) == (kinds[$0] == .genuine)
            }
        }
    }
}
