import Datasets
import Foundation
import Models
import Reports
import Torch
import Verification

/// What a report shows of one set beside its rates: identities, hard pairs, angles, and the embedding on a sphere.
struct SetDetails: Sendable {
    let set: String
    let identities: PageTable
    let hardest: [PicturePairs]
    let angles: Plot?
    let sphere: SpherePlot

    /// The rows of a page's table.
    private static let tableRows = 200

    /// - Parameters:
    ///   - threshold: what pairs are decided by.
    ///   - thresholdText: where it comes from.
    ///   - setCount: the sets of the page, which share the room for pictures and points.
    init(
        _ embedded: VerificationTest.EmbeddedSet, data: OpenedData, transform: PictureTransform, threshold: Double,
        thresholdText: String,
        setCount: Int
    ) throws {
        set = embedded.set
        let labels = data.labels(of: embedded.indices)
        var numbers: [String: Int] = [:]
        for label in labels where numbers[label] == nil { numbers[label] = numbers.count }
        let names = numbers.sorted { $0.value < $1.value }.map(\.key)
        let identityOf = labels.compactMap { numbers[$0] }
        let scan = try PairScan(
            embedded.embeddings, identities: identityOf, identityCount: names.count, threshold: threshold,
            count: max(2, 16 / max(2, setCount)))
        let angles = try IdentityAngles(embedded.embeddings, identities: identityOf, identityCount: names.count)
        identities = Self.table(
            embedded.set, names: names, identityOf: identityOf, scan: scan, angles: angles, text: thresholdText)
        let items = embedded.indices.map { data.source.items[$0] }
        func pairs(_ caption: String, _ found: [PairScan.Pair]) throws -> PicturePairs {
            PicturePairs(
                caption: "\(caption) in \(embedded.set)",
                pairs: try found.map { pair in
                    .init(
                        try .init(items[pair.left], in: data.source, transform),
                        try .init(items[pair.right], in: data.source, transform),
                        label: "\(PageText.decimal(pair.score)), \(pair.score >= threshold ? "accepted" : "rejected")")
                })
        }
        hardest = [
            try pairs("Hardest genuine pairs: one identity, lowest scores", scan.hardestGenuine),
            try pairs("Hardest impostor pairs: two identities, highest scores", scan.hardestImpostor),
        ].filter { !$0.pairs.isEmpty }
        let (own, nearest) = (angles.own.compactMap { $0 }, angles.nearest.compactMap { $0 })
        self.angles =
            own.isEmpty || nearest.isEmpty
            ? nil
            : .angleHistogram(
                own: own, nearest: nearest, title: "Angles of \(embedded.set)",
                subtitle: "to the mean direction of the own identity, and of the nearest other one",
                notes: ["A picture is left out of the mean of its own identity."])
        sphere = try SpherePlot(
            of: embedded.set, embedded.embeddings, groups: names, groupOf: identityOf, items: items,
            grouped: "identities",
            pointCount: SpherePlot.pointCount / max(2, setCount))
    }

    private static func table(
        _ set: String, names: [String], identityOf: [Int], scan: PairScan, angles: IdentityAngles, text: String
    ) -> PageTable {
        func mean(_ values: [Double?], of identity: Int) -> Double? {
            let found = zip(values, identityOf).compactMap { $1 == identity ? $0 : nil }
            return found.isEmpty ? nil : found.reduce(0, +) / Double(found.count)
        }
        var pictures = [Int](repeating: 0, count: names.count)
        for identity in identityOf { pictures[identity] += 1 }
        func errors(_ identity: Int) -> Double {
            let tally = scan.tallies[identity]
            return Double(tally.falseRejects) / Double(max(1, tally.genuineCount))
                + Double(tally.falseAccepts) / Double(max(1, tally.impostorCount))
        }
        let order = names.indices.sorted { (errors($0), $1) > (errors($1), $0) }
        let shown = order.prefix(tableRows)
        let rows = shown.map { identity -> [PageTable.Cell] in
            let tally = scan.tallies[identity]
            func rate(_ count: Int, _ total: Int) -> PageTable.Cell {
                total == 0 ? "–" : PageText.percentCell(Double(count) / Double(total))
            }
            let worst = tally.worstImpostor
            return [
                .text(names[identity]), .number(Double(pictures[identity]), "\(pictures[identity])"),
                rate(tally.falseRejects, tally.genuineCount), rate(tally.falseAccepts, tally.impostorCount),
                PageText.degreesCell(mean(angles.own, of: identity)),
                PageText.degreesCell(mean(angles.nearest, of: identity)),
                .text(worst.map { names[$0.identity] } ?? "–"),
                worst.map { .number($0.score, PageText.decimal($0.score)) } ?? "–",
            ]
        }
        let more = names.count > tableRows ? " The \(tableRows) with most errors of \(names.count)." : ""
        return PageTable(
            caption: "Identities of \(set), most errors first",
            columns: [
                "Identity", .number("Pictures"), .number("False rejects"), .number("False accepts"),
                .number("Angle to own"), .number("Angle to nearest other"), "Taken for", .number("Highest score"),
            ], rows: rows, isSortable: true,
            notes: [
                "\(text) False rejects: share of the identity's own pairs under the threshold; false accepts: share of its "
                    + "pairs with others that reach it. Angles are means over its pictures.\(more)"
            ])
    }
}
