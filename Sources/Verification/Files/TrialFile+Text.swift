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
        if !speakers.isEmpty { columns.append(("speaker", { speakerNames[Int(speakers[$0])] })) }
        if !left.isEmpty { columns.append((isPair ? "enroll" : "utterance", { items[Int(left[$0])] })) }
        if isPair { columns.append(("test", { items[Int(right[$0])] })) }
        if !attacks.isEmpty { columns.append(("attack", { attackNames[Int(attacks[$0])] })) }
        if !kinds.isEmpty { columns.append(("label", { kinds[$0].rawValue })) }
        columns.append(("score", { "\(scores[$0])" }))
        var lines = ["# \(comment); higher = same", columns.map(\.name).joined(separator: " ")]
        lines += (0..<count).map { trial in columns.map { $0.value(trial) }.joined(separator: " ") }
        return lines.joined(separator: "\n") + "\n"
    }
}
