/// What is counted in a group.
public enum Rate: String, CaseIterable, Sendable, Codable {
    /// P(H = Y | S = s)
    case accuracy
    /// P(H = Y | Y = 1, S = s)
    case truePositive = "true-positive"
    /// P(H = Y | Y = −1, S = s) = 1 − false positive rate
    case trueNegative = "true-negative"
    /// P(H = 1 | S = s)
    case selection

    /// The people among whom it is counted.
    func cells(_ group: AuditedPeople.Group) -> [Int] {
        group.parts.flatMap { part in
            switch self {
            case .accuracy, .selection: [2 * part, 2 * part + 1]
            case .truePositive: [2 * part + 1]
            case .trueNegative: [2 * part]
            }
        }
    }

    /// The number of people counted, and how often the rate's event occurs among them.
    func frequency(_ group: AuditedPeople.Group, counts: [Int], correct: [Int]) -> (people: Int, events: Int) {
        cells(group).reduce(into: (people: 0, events: 0)) { sum, cell in
            sum.people += counts[cell]
            sum.events +=
                self == .selection && cell.isMultiple(of: 2) ? counts[cell] - correct[cell] : correct[cell]
        }
    }

    /// The rate of a group as a function of the shares of correct decisions, nil for a group without such people.
    ///
    /// R_s = Σ P(cell | s) A over positive cells, and 1 − A over negative ones.
    func functional(_ group: AuditedPeople.Group, counts: [Int]) -> RateFunctional? {
        let cells = cells(group)
        let total = cells.reduce(0) { $0 + counts[$1] }
        guard total > 0 else { return nil }
        var functional = RateFunctional.zero(counts.count)
        for cell in cells {
            let share = Double(counts[cell]) / Double(total)
            if self == .selection, cell.isMultiple(of: 2) {
                functional.constant += share
                functional.coefficients[cell] -= share
            } else {
                functional.coefficients[cell] += share
            }
        }
        return functional
    }
}
