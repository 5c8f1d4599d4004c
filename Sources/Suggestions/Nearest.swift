/// The candidate that a misspelt name most likely means, or nil where none is close.
///
/// Distance is the number of letters inserted, deleted, replaced or swapped with their neighbour
/// (optimal string alignment: Damerau 1964, each stretch edited once), without regard to case. A
/// candidate is close when a third of the longer word's letters, and at least one, would turn one into
/// the other. Ties go to the candidate that sorts first.
public func nearest(_ name: String, among candidates: some Sequence<String>) -> String? {
    let wanted = Array(name.lowercased())
    var best: (distance: Int, candidate: String)?
    for candidate in candidates {
        let letters = Array(candidate.lowercased())
        let allowed = max(1, max(wanted.count, letters.count) / 3)
        guard abs(wanted.count - letters.count) <= allowed else { continue }
        let distance = editDistance(wanted, letters)
        if distance <= allowed, best.map({ (distance, candidate) < ($0.distance, $0.candidate) }) ?? true {
            best = (distance, candidate)
        }
    }
    return best?.candidate
}

/// Optimal string alignment distance, three rows of the table at a time.
func editDistance<Element: Equatable>(_ first: [Element], _ second: [Element]) -> Int {
    var beforePrevious: [Int] = []
    var previous = Array(0...second.count)
    for i in first.indices {
        var current = [i + 1]
        for j in second.indices {
            var distance = min(
                previous[j] + (first[i] == second[j] ? 0 : 1), previous[j + 1] + 1, current[j] + 1)
            if i > 0, j > 0, first[i] == second[j - 1], first[i - 1] == second[j] {
                distance = min(distance, beforePrevious[j - 1] + 1)
            }
            current.append(distance)
        }
        beforePrevious = previous
        previous = current
    }
    return previous[second.count]
}
