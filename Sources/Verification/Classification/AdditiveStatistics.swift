/// The sums over samples that all metrics of a classifier are made of, per unit that a bootstrap draws, so that a draw
/// is the sum of a few numbers per unit times how often it was drawn.
///
/// The sums have places: labels, decisions and hits of each class first, then what the metrics of scores need.
struct AdditiveStatistics: Sendable {
    let unitCount: Int
    private let classCount: Int
    private let topCounts: [Int]
    private let hasScores: Bool
    /// Where each unit's entries start, and their end.
    private let starts: [Int]
    private let entries: [Entry]

    private struct Entry {
        let place: Int32
        let value: Double
    }

    /// The sums of a draw.
    typealias Sums = [Double]

    /// Adds up decisions, and scores if metrics need them.
    init(_ decisions: ClassDecisions, scores: ClassScores?, metrics: [ClassificationMetric]) {
        let samples = decisions.samples
        classCount = samples.classCount
        hasScores = scores != nil && metrics.contains(where: \.needsScores)
        topCounts = Set(
            metrics.compactMap { if case .topAccuracy(let count) = $0.quantity { count } else { nil } }
        ).sorted()
        unitCount = samples.groups == nil ? samples.count : samples.groupCount
        let tops = topCounts.map { scores?.isAmongTop($0) ?? [] }
        let probabilities = hasScores ? scores?.probabilities ?? [] : []
        let places = Places(classCount: classCount, topCount: topCounts.count)

        var sums = Array(repeating: [Int32: Double](), count: unitCount)
        for sample in 0..<samples.count {
            let unit = samples.groups?[sample] ?? sample
            let (label, decision) = (samples.labels[sample], decisions.decided[sample])
            func add(_ value: Double, _ place: Int) { sums[unit][Int32(place), default: 0] += value }
            add(1, places.labelled(label))
            add(1, places.decided(decision))
            if label == decision { add(1, places.correct(label)) }
            guard hasScores else { continue }
            for (top, isAmong) in tops.enumerated() where isAmong[sample] { add(1, places.top(top)) }
            let probability = probabilities[sample]
            add(probability.logLoss, places.logLoss)
            add(probability.squaredError, places.squaredError)
            let bin = ReliabilityCurve.bin(of: probability.highest, binCount: ReliabilityCurve.defaultBinCount)
            add(probability.highest - (label == decision ? 1 : 0), places.overconfidence(bin))
        }
        var starts = [0]
        var entries: [Entry] = []
        for unit in sums {
            entries += unit.sorted { $0.key < $1.key }.map { Entry(place: $0.key, value: $0.value) }
            starts.append(entries.count)
        }
        self.starts = starts
        self.entries = entries
    }

    /// The sums of no sample.
    var zero: Sums { Array(repeating: 0, count: places.count) }

    private var places: Places { Places(classCount: classCount, topCount: topCounts.count) }

    /// The sums of a draw of units.
    func sum(_ sums: inout Sums, counts: [Int32]) {
        for place in sums.indices { sums[place] = 0 }
        for unit in 0..<unitCount where counts[unit] > 0 {
            let weight = Double(counts[unit])
            for entry in starts[unit]..<starts[unit + 1] {
                sums[Int(entries[entry].place)] += weight * entries[entry].value
            }
        }
    }

    /// How many samples of a class a draw has.
    func labelledCount(of index: Int, in sums: Sums) -> Double { sums[places.labelled(index)] }

    /// The counts of a draw.
    func tally(_ sums: Sums) -> ClassTally {
        var tally = ClassTally(classCount: classCount)
        for index in 0..<classCount {
            tally.labelled[index] = Int(sums[places.labelled(index)])
            tally.decided[index] = Int(sums[places.decided(index)])
            tally.correct[index] = Int(sums[places.correct(index)])
        }
        return tally
    }

    /// A metric of a draw.
    func value(of metric: ClassificationMetric, sums: Sums, tally: ClassTally) -> Double {
        let sampleCount = Double(tally.sampleCount)
        switch metric.quantity {
        case .topAccuracy(let count):
            guard let top = topCounts.firstIndex(of: count) else { preconditionFailure("all tops were counted") }
            return sums[places.top(top)] / sampleCount
        case .logLoss: return sums[places.logLoss] / sampleCount
        case .brierScore: return sums[places.squaredError] / sampleCount
        case .calibrationError:
            let bins = 0..<ReliabilityCurve.defaultBinCount
            return bins.reduce(0) { $0 + sums[places.overconfidence($1)].magnitude } / sampleCount
        default: return metric(tally)
        }
    }

    /// Which sum lies where.
    private struct Places {
        let classCount, topCount: Int

        func labelled(_ index: Int) -> Int { index }
        func decided(_ index: Int) -> Int { classCount + index }
        func correct(_ index: Int) -> Int { 2 * classCount + index }
        var logLoss: Int { 3 * classCount }
        var squaredError: Int { logLoss + 1 }
        /// Σ (probability said − 1[right]) over the samples of a bin.
        func overconfidence(_ bin: Int) -> Int { logLoss + 2 + bin }
        func top(_ place: Int) -> Int { logLoss + 2 + ReliabilityCurve.defaultBinCount + place }
        var count: Int { top(topCount) }
    }
}
