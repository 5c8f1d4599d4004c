/// How single queries are searched, and why.
public struct SearchMethod: Hashable, Sendable, Codable {
    /// What the first pass computes. The results are the same.
    public enum Pass: String, Sendable, Codable, CaseIterable {
        /// Products in single precision.
        case fullPrecision
        /// Products of whole numbers of eight bits, a quarter of the memory.
        case codes
    }

    public let pass: Pass
    /// In words, such as "eight bits took 0.016 s, full precision 0.055 s".
    public let reason: String
}

/// Finds out which first pass is faster here, by two searches with each, in turns.
struct MethodChoice: Sendable {
    /// Below, a pass at full precision takes less than a millisecond, and codes are not worth their memory.
    static let fewestNumbersForCodes = 1 << 22
    private static let trials = 2

    private let isWorthwhile: Bool
    private var seconds: [SearchMethod.Pass: [Double]] = [.fullPrecision: [], .codes: []]

    init(rowCount: Int, size: Int) {
        isWorthwhile = rowCount * size >= Self.fewestNumbersForCodes && size <= EncodedRows.largestSize
    }

    /// The pass of the next search. The first is at full precision: codes have to be made.
    func next() -> SearchMethod.Pass {
        guard isWorthwhile else { return .fullPrecision }
        let (full, codes) = (count(.fullPrecision), count(.codes))
        if full < Self.trials || codes < Self.trials { return full <= codes ? .fullPrecision : .codes }
        return faster
    }

    /// Takes the time of a search, until there are enough to choose by: a choice must not waver.
    mutating func record(_ pass: SearchMethod.Pass, seconds taken: Double) {
        if count(pass) < Self.trials { seconds[pass, default: []].append(taken) }
    }

    private func count(_ pass: SearchMethod.Pass) -> Int { seconds[pass]?.count ?? 0 }
    private func best(_ pass: SearchMethod.Pass) -> Double? { seconds[pass]?.min() }

    private var faster: SearchMethod.Pass {
        (best(.codes) ?? .infinity) < (best(.fullPrecision) ?? .infinity) ? .codes : .fullPrecision
    }

    var method: SearchMethod {
        guard isWorthwhile else {
            return SearchMethod(pass: .fullPrecision, reason: "the gallery is too small for a first pass to pay")
        }
        guard let full = best(.fullPrecision), let codes = best(.codes) else {
            return SearchMethod(
                pass: .fullPrecision, reason: "a first pass in eight bits is tried from the second search on")
        }
        return SearchMethod(
            pass: faster,
            reason: "eight bits took \(milliseconds(codes)) ms here, full precision \(milliseconds(full)) ms")
    }

    private func milliseconds(_ seconds: Double) -> Double { (seconds * 10_000).rounded() / 10 }
}
