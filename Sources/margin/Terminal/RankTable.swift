import Experiments
import Foundation
import Verification

/// What a search or all comparisons of embeddings found, as tables of text.
enum RankTable {
    static func text(_ ranking: EmbeddingRanking) -> String {
        var table = TextTable(["measure", "value"])
        for figure in ranking.figures {
            table.add([figure.name, String(format: "%.5g", figure.value) + (figure.isSupported ? "" : " !")])
        }
        let place = ranking.gallery.map { "\($0), \(ranking.galleryCount) items" } ?? "the others, itself excluded"
        var lines = ["\(ranking.probes): \(ranking.probeCount) probes searched for among \(place)", "", table.text]
        if ranking.withoutMateCount > 0 {
            lines += ["", "\(ranking.withoutMateCount) probes have nothing of their label there."]
        }
        if ranking.figures.contains(where: { !$0.isSupported }) {
            lines.append(
                "! So few probes without a mate allow fewer than 30 false positives at this rate: the figure is not supported."
            )
        }
        return lines.joined(separator: "\n")
    }

    static func text(_ rates: ComparisonRates) -> String {
        var table = TextTable(["metric", "value", "threshold", "FAR attained"])
        for rate in rates.rates {
            table.add([
                rate.figure.name, String(format: "%.5g", rate.figure.value) + (rate.figure.isSupported ? "" : " !"),
                String(format: "%.5g", rate.threshold), String(format: "%.3g", rate.falseAcceptRate),
            ])
        }
        let place = rates.gallery.map { "against \($0)" } ?? "all pairs"
        var lines = [
            "\(rates.probes), \(place): \(rates.genuineCount) genuine and \(rates.impostorCount) impostor comparisons",
            "", table.text,
        ]
        if rates.rates.contains(where: { !$0.figure.isSupported }) {
            lines += ["", unsupportedRateNote]
        }
        return lines.joined(separator: "\n")
    }
}
