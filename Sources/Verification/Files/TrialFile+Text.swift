extension TrialFile {
    /// The file's trials with other scores, as a table with column names that ``TrialFile`` reads again.
    ///
    /// - Parameters:
    ///   - scores: one score per trial, higher for genuine.
    ///   - comment: what the scores are, for the first line.
    /// - Precondition: there are as many scores as trials.
    public func table(scores: [Double], comment: String) -> String {
        precondition(scores.count == count, "one score per trial")
        let isPair = !right.isEmpty
        var columns: [(name: String, value: (Int) -> String)] = []
        if !speakers.isEmpty { columns.append(("speaker", { trialField(speakerNames[Int(speakers[$0])]) })) }
        if !left.isEmpty { columns.append((isPair ? "enroll" : "utterance", { trialField(items[Int(left[$0])]) })) }
        if isPair { columns.append(("test", { trialField(items[Int(right[$0])]) })) }
        if !attacks.isEmpty { columns.append(("attack", { trialField(attackNames[Int(attacks[$0])]) })) }
        if !kinds.isEmpty { columns.append(("label", { kinds[$0].rawValue })) }
        columns.append(("score", { "\(scores[$0])" }))
        var lines = ["# \(comment); higher = same", columns.map(\.name).joined(separator: " ")]
        lines += (0..<count).map { trial in columns.map { $0.value(trial) }.joined(separator: " ") }
        return lines.joined(separator: "\n") + "\n"
    }
}

/// A name as a field of a score file, in quotation marks where it holds what parts fields.
public func trialField(_ name: String) -> String {
    let isOne = !name.utf8.contains(where: isSpace) && name.utf8.first != commentSign && !name.isEmpty
    return isOne ? name : "\"\(name)\""
}
