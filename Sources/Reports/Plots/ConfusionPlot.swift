import Verification

extension Plot {
    /// How the classes of a confusion matrix are ordered, in rows and columns alike.
    public enum ClassOrder: Hashable, Sendable {
        /// By their numbers.
        case number
        /// The lowest recall first; classes without samples last.
        case recall
    }

    /// What is written into the cells of a confusion matrix.
    public enum CellText: Hashable, Sendable {
        case counts
        /// Of the row, without decimals.
        case percentages
        case nothing
    }

    /// A confusion matrix: a row for the samples of each class, a column for what they were taken for.
    ///
    /// A cell's colour shows its share of the row, right decisions and errors in two colours; the opacity rises with the
    /// square root of the share, so that rare confusions are seen. Cells are labelled where the numbers fit, up to some twenty
    /// classes, and have their numbers as a tooltip everywhere.
    ///
    /// - Parameter classNames: one per class.
    /// - Precondition: there is one name per class.
    public static func confusion(
        _ matrix: ConfusionMatrix, classNames: [String], order: ClassOrder = .number, text: CellText = .counts,
        title: String = "Confusion matrix", subtitle: String = ""
    ) -> Plot {
        precondition(classNames.count == matrix.classCount, "every class has a name")
        let tally = matrix.tally
        var classes = Array(0..<matrix.classCount)
        if order == .recall {
            let keys = classes.map { (tally.hasSamples($0) ? tally.recall(of: $0) : 2, $0) }
            classes.sort { keys[$0] < keys[$1] }
        }
        var right: [Cell] = []
        var wrong: [Cell] = []
        for (row, label) in classes.enumerated() {
            for (column, decision) in classes.enumerated() {
                let count = matrix[label: label, decision: decision]
                guard count > 0 else { continue }
                let share = Double(count) / Double(tally.labelled[label])
                let numbers =
                    "\(grouped(Double(count))) of \(grouped(Double(tally.labelled[label]))), \(percentText(share))"
                let cell = Cell(
                    column: column, row: classes.count - 1 - row, count: count, share: share,
                    text: text.of(count: count, share: share),
                    summary: "\(classNames[label]) taken for \(classNames[decision]): \(numbers)")
                if label == decision { right.append(cell) } else { wrong.append(cell) }
            }
        }
        let names = classes.map { classNames[$0] }
        let empty = classes.filter { !tally.hasSamples($0) }.map { classNames[$0] }
        return Plot(
            title: title, subtitle: subtitle, summary: summary(matrix, classNames: classNames),
            horizontal: Axis(label: "Taken for", categories: names),
            panels: [
                Panel(
                    vertical: Axis(label: "Samples of", categories: names.reversed()),
                    series: [
                        Series(name: "right", mark: .cells(right), look: Look(color: .series(0))),
                        Series(name: "taken for another class", mark: .cells(wrong), look: Look(color: .series(1))),
                    ], shape: .square)
            ],
            notes: ["Colour: the share of the row, on a square-root scale." + text.note]
                + (empty.isEmpty ? [] : ["Without samples: \(empty.joined(separator: ", "))."]))
    }

    private static func summary(_ matrix: ConfusionMatrix, classNames: [String]) -> String {
        let tally = matrix.tally
        let known = classNames.indices.filter(tally.hasSamples)
        let worst = known.min { tally.recall(of: $0) < tally.recall(of: $1) }
        let confusions = known.compactMap { label in
            matrix.mostFrequentConfusion(of: label).map { (label: label, decision: $0.decision, count: $0.count) }
        }
        let most = confusions.max { $0.count < $1.count }
        return [
            "\(grouped(Double(tally.sampleCount))) samples of \(known.count) classes, "
                + "\(percentText(tally.accuracy)) decided rightly.",
            worst.map { "The lowest recall is that of \(classNames[$0]), \(percentText(tally.recall(of: $0)))." },
            most.map {
                "The most frequent confusion: \(classNames[$0.label]) taken for \(classNames[$0.decision]), "
                    + "\(grouped(Double($0.count))) times."
            },
        ].compactMap(\.self).joined(separator: " ")
    }
}

extension Plot.CellText {
    fileprivate func of(count: Int, share: Double) -> String? {
        switch self {
        case .counts: grouped(Double(count))
        case .percentages:
            share < 0.01 ? "<1" : share > 0.99 && share < 1 ? ">99" : grouped((share * 100).rounded())
        case .nothing: nil
        }
    }

    fileprivate var note: String { self == .percentages ? " Numbers are percent of the row." : "" }
}
