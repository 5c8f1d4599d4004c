/// How often samples of one class were taken for another.
///
/// ```swift
/// let matrix = try ConfusionMatrix(counts: [[50, 2], [1, 47]])
/// matrix[label: 0, decision: 1]  // 2
/// matrix.tally.accuracy          // 0.97
/// matrix.tally.recall(of: 1)     // 47/48
/// ```
public struct ConfusionMatrix: Hashable, Sendable, Codable {
    /// C × C counts, row-major: the row is the label, the column the decision.
    public let counts: [Int]
    /// The sums along rows, columns and the diagonal, with the rates that follow.
    public let tally: ClassTally

    public var classCount: Int { tally.classCount }

    /// Takes counts, one row per label.
    ///
    /// - Throws: ``VerificationError`` if there are no classes, the rows are not as long as there are classes, a count
    ///   is negative, or all are 0.
    public init(counts rows: [[Int]]) throws(VerificationError) {
        guard !rows.isEmpty else { throw .empty(what: "classes") }
        for (label, row) in rows.enumerated() {
            guard row.count == rows.count else {
                throw .countMismatch(
                    what: "counts in row \(label) (counted from 0) of the confusion matrix", count: row.count,
                    expected: rows.count)
            }
            if let negative = row.first(where: { $0 < 0 }) {
                throw .rateOutOfRange(
                    what: "count in row \(label) (counted from 0) of the confusion matrix", value: Double(negative),
                    allowed: "0 or more")
            }
        }
        self.init(counts: Array(rows.joined()), classCount: rows.count)
        guard tally.sampleCount > 0 else { throw .empty(what: "samples") }
    }

    /// Counts decisions.
    public init(_ decisions: ClassDecisions) {
        let classCount = decisions.samples.classCount
        var counts = Array(repeating: 0, count: classCount * classCount)
        for (label, decision) in zip(decisions.samples.labels, decisions.decided) {
            counts[label * classCount + decision] += 1
        }
        self.init(counts: counts, classCount: classCount)
    }

    private init(counts: [Int], classCount: Int) {
        var tally = ClassTally(classCount: classCount)
        for label in 0..<classCount {
            for decision in 0..<classCount {
                let count = counts[label * classCount + decision]
                tally.labelled[label] += count
                tally.decided[decision] += count
            }
            tally.correct[label] = counts[label * classCount + label]
        }
        self.counts = counts
        self.tally = tally
    }

    /// How many samples of one class were taken for another, or for their own.
    public subscript(label label: Int, decision decision: Int) -> Int {
        precondition((0..<classCount).contains(label) && (0..<classCount).contains(decision), "no such class")
        return counts[label * classCount + decision]
    }

    /// The other class that samples of a class were most often taken for, the lowest of several; none without errors.
    public func mostFrequentConfusion(of label: Int) -> (decision: Int, count: Int)? {
        var most: (decision: Int, count: Int)?
        for decision in 0..<classCount where decision != label {
            let count = self[label: label, decision: decision]
            if count > most?.count ?? 0 { most = (decision, count) }
        }
        return most
    }
}
