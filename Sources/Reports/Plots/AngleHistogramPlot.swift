import Foundation

extension Plot {
    /// How far pictures lie from their own identity and from the nearest other one: shares of pictures in bins of
    /// equal width in degrees.
    ///
    /// Where the two overlap, a picture may be nearer to somebody else than to who it shows.
    ///
    /// - Parameters:
    ///   - own: each picture's angle to its own identity, in radians.
    ///   - nearest: each picture's angle to the nearest other one, in radians.
    /// - Precondition: there is an angle of either kind.
    public static func angleHistogram(
        own: [Double], nearest: [Double], title: String = "Angles to the own and to the nearest other identity",
        subtitle: String = "", notes: [String] = []
    ) -> Plot {
        precondition(!own.isEmpty && !nearest.isEmpty, "a histogram is of something")
        let degrees = { (angles: [Double]) in angles.map { $0 * 180 / .pi } }
        let (own, nearest) = (degrees(own), degrees(nearest))
        let highest = min(180, (own + nearest).max() ?? 180)
        let step = RoundNumber(atLeast: max(1, highest / min(60, max(12, 4 * cbrt(Double(own.count)))))).value
        let count = max(1, Int((highest / step).rounded(.down)) + 1)
        func bins(_ angles: [Double]) -> [Bin] {
            var counts = [Int](repeating: 0, count: count)
            for angle in angles { counts[min(count - 1, max(0, Int(angle / step)))] += 1 }
            return counts.enumerated().map {
                Bin(
                    lower: Double($0) * step, upper: Double($0 + 1) * step,
                    height: Double($1) / Double(angles.count))
            }
        }
        let (ownBins, nearestBins) = (bins(own), bins(nearest))
        let top = (ownBins + nearestBins).map(\.height).max() ?? 1
        func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
        let width = grouped(step)
        return Plot(
            title: title, subtitle: subtitle,
            summary:
                "Shares of pictures in bins of \(width)°. Median angle to the own identity \(grouped(median(own), decimals: 1))°, "
                + "to the nearest other \(grouped(median(nearest), decimals: 1))°.",
            horizontal: Axis(label: "Angle, degrees", range: 0...Double(count) * step),
            panels: [
                Panel(
                    vertical: Axis(
                        label: "Share of pictures in a bin of \(width)°, %",
                        range: 0...min(1, (0...top * 1.02).widened(toMultiples: 5).upperBound), numbers: .percent),
                    series: [
                        Series(name: "nearest other", mark: .histogram(nearestBins), look: .ofSeries(1)),
                        Series(name: "own", mark: .histogram(ownBins), look: .ofSeries(0)),
                    ], shape: .high(220))
            ], notes: notes)
    }
}
