extension TrialFile {
    /// The kind of every trial, from a list that names the same items.
    ///
    /// - Returns: for each trial of this file its place in the list.
    /// - Throws: ``TrialFileError`` where the list has no keys, or lacks a trial of this file.
    func places(in keys: TrialFile) throws(TrialFileError) -> [Int] {
        guard !keys.kinds.isEmpty, !keys.left.isEmpty, keys.right.isEmpty == right.isEmpty else {
            throw TrialFileError(
                file: keys.name, message: "(\(keys.layout.name)) has no keys for the trials of \(name) (\(layout.name))"
            )
        }
        var numbers: [String: UInt32] = [:]
        for (number, item) in keys.items.enumerated() { numbers[item] = UInt32(number) }
        func pair(_ left: UInt32, _ right: UInt32?) -> UInt64 { UInt64(left) << 32 | UInt64(right ?? 0) }
        var placeOfTrial: [UInt64: Int] = [:]
        placeOfTrial.reserveCapacity(keys.count)
        for trial in 0..<keys.count {
            placeOfTrial[pair(keys.left[trial], keys.right.isEmpty ? nil : keys.right[trial])] = trial
        }
        let numberInKeys = items.map { numbers[$0] }
        var places: [Int] = []
        places.reserveCapacity(count)
        for trial in 0..<count {
            let sides = [left, right].filter { !$0.isEmpty }.map { Int($0[trial]) }
            let known = sides.compactMap { numberInKeys[$0] }
            guard known.count == sides.count,
                let place = placeOfTrial[pair(known[0], known.count > 1 ? known[1] : nil)]
            else {
                throw TrialFileError(
                    file: name,
                    message: "has a score for “\(sides.map { items[$0] }.joined(separator: " "))”, "
                        + "which is not in \(keys.name)")
            }
            places.append(place)
        }
        return places
    }

    /// This file's scores with the keys, speakers and attacks of a list: ASVspoof 2021 and Kaldi keep them apart.
    ///
    /// - Throws: ``TrialFileError`` where the list has no keys, lacks a trial, or contradicts keys of this file.
    public func keyed(by keys: TrialFile) throws(TrialFileError) -> TrialFile {
        let places = try places(in: keys)
        let kinds = places.map { keys.kinds[$0] }
        if let trial = self.kinds.indices.first(where: { self.kinds[$0] != kinds[$0] }) {
            throw TrialFileError(
                file: name,
                message: "gives trial \(trial + 1) the key \(self.kinds[trial]), but \(keys.name) says \(kinds[trial])")
        }
        var joined = self
        joined.kinds = kinds
        joined.unscoredCount = keys.count - Set(places).count
        if joined.speakers.isEmpty, !keys.speakers.isEmpty {
            joined.speakers = places.map { keys.speakers[$0] }
            joined.speakerNames = keys.speakerNames
        }
        if joined.attacks.isEmpty, !keys.attacks.isEmpty {
            joined.attacks = places.map { keys.attacks[$0] }
            joined.attackNames = keys.attackNames
        }
        return joined
    }
}
