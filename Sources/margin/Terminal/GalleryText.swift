import Experiments
import Foundation
import Gallery

/// What galleries hold and what is found in them, as text.
enum GalleryText {
    static func pictures(_ count: Int) -> String { count == 1 ? "1 picture" : "\(count) pictures" }
    static func people(_ count: Int) -> String { count == 1 ? "1 person" : "\(count) people" }

    static func threshold(_ threshold: IdentificationThreshold) -> String {
        "threshold \(Format.number(threshold.threshold)) at a false positive identification rate of "
            + "\(Format.number(threshold.rateAsked)), for \(people(threshold.identityCount)) "
            + "(\(pictures(threshold.sampleCount))), by \(pictures(threshold.strangerCount)) of strangers"
            + (threshold.isSupported ? "" : ", which are too few to support this rate")
    }

    /// "photo.jpg: ann 0.713, bob 0.32", "photo.jpg: nobody (ann 0.31, bob 0.2)".
    static func picture(_ picture: GalleryIdentification.Picture) -> String {
        let list = picture.matches.map { "\($0.name) \(Format.number($0.score))" }.joined(separator: ", ")
        switch picture.decision {
        case .identified: return "\(picture.path): \(list)"
        case .nobody: return "\(picture.path): nobody (\(list))"
        case .undecided: return "\(picture.path): undecided (\(list))"
        }
    }

    static func footnote(_ result: GalleryIdentification) -> String {
        let (all, leftOut) = (result.size.strangers, result.strangersLeftOut)
        let enrolled = leftOut == 0 ? "" : ", of which \(leftOut) show people who are enrolled,"
        let decision =
            result.threshold.map(threshold)
            ?? "no decision: there are \(pictures(all)) of strangers\(enrolled) and more are needed to say when a match is "
            + "nobody; make the gallery with --cohort, or ask with --fpir and --allow-unsupported"
        return "\(decision)\n\(result.pooling.sentence)"
    }

    static func summary(_ summary: GallerySummary) -> String {
        let lines = [
            "\(summary.gallery): \(people(summary.size.identities)), \(pictures(summary.size.samples)), "
                + "made \(summary.created.formatted(.iso8601))",
            "model \(summary.settings.model), \(summary.settings.dimensions) dimensions, fingerprint "
                + "\(summary.settings.fingerprint.prefix(12))",
            summary.settings.pooling.sentence,
            summary.threshold.map(threshold) ?? "no threshold; \(pictures(summary.size.strangers)) of strangers",
        ]
        return lines.joined(separator: "\n")
    }

    /// Prints what a verb changed.
    static func report(_ change: GalleryChange, _ what: String, json: Bool) throws {
        if json { return try Output.json(change) }
        print(
            "\(what); \(change.gallery) holds \(people(change.size.identities)) with \(pictures(change.size.samples))")
        if let threshold = change.threshold { Output.note(self.threshold(threshold)) }
    }
}
