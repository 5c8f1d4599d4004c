import Torch

/// Cov(Aₖ, Aₗ) over the noise for pairs of cells, each summed over all pairs of people once and then remembered, since
/// all measures are made of the same cells.
final class CellCovariances {
    let pairs: PairCovariance
    private var known: [[Int]: Double] = [:]

    init(_ pairs: PairCovariance) {
        self.pairs = pairs
    }

    func covariance(_ first: Int, _ second: Int) throws -> Double {
        let key = [min(first, second), max(first, second)]
        if let value = known[key] { return value }
        let value = try sum(key[0], key[1])
        known[key] = value
        return value
    }

    /// The people of a cell whose decision noise may change.
    private func movable(_ cell: Int) -> [Int] {
        pairs.people.segments.filter { $0.cell == cell }.flatMap(\.range).filter { pairs.spreads[$0] > 0 }
    }

    private func sum(_ first: Int, _ second: Int) throws -> Double {
        let (rows, columns) = (movable(first), movable(second))
        let signs = first % 2 == second % 2 ? 1.0 : -1
        let pairs = pairs
        var sums = [Double](repeating: 0, count: rows.count)
        try pairs.people.features.withElements(of: Double.self) { memory in
            sums.withUnsafeMutableBufferPointer { buffer in
                // Every place of the sums is written by one thread alone; the rest is read.
                nonisolated(unsafe) let (features, buffer) = (memory, buffer)
                Libtorch.concurrently((rows.count + 1) / 2) { index in
                    // A long row from one end goes with a short one from the other, so that threads have equal work.
                    for place in Set([index, rows.count - 1 - index]) {
                        let person = rows[place]
                        var sum = 0.0
                        if first == second {
                            sum = pairs.covariance(person, person, signs: 1, features) / 2
                            for other in columns[(place + 1)...] {
                                sum += pairs.covariance(person, other, signs: 1, features)
                            }
                            sum *= 2
                        } else {
                            for other in columns { sum += pairs.covariance(person, other, signs: signs, features) }
                        }
                        buffer[place] = sum
                    }
                }
            }
        }
        let counts = pairs.people.counts
        return sums.reduce(0, +) / (Double(counts[first]) * Double(counts[second]))
    }
}
