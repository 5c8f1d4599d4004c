import Reports
import Verification

extension MeasuredSets: RunFindings {
    var measuredOn: String {
        report.rows.filter { $0.condition == nil }.map { "\($0.set) (\($0.identityCount) identities)" }
            .joined(separator: " and ")
    }

    var result: Page.Section {
        var blocks: [Page.Block] = [
            .table(
                PageTable(
                    caption: "Error rates with their intervals", rowTitle: "Set",
                    rows: report.rows.map { ($0.place, $0) }))
        ]
        if let accuracy = report.oneShot {
            blocks.append(.facts([.init(accuracy.name, PageText.percent(accuracy.value))]))
        }
        if !thresholds.isEmpty { blocks.append(.table(thresholdTable)) }
        return .init("Result", blocks)
    }

    private var thresholdTable: PageTable {
        PageTable(
            caption: "Thresholds that the model keeps",
            columns: [
                .number("False accept rate asked"), .number("Threshold"), .number("False accepts"),
                .number("True accepts"), .number("Impostor trials"),
            ],
            rows: thresholds.map { threshold in
                [
                    .number(
                        threshold.falseAcceptRateAsked,
                        PageText.number(threshold.falseAcceptRateAsked) + (threshold.isSupported ? "" : " !")),
                    .number(threshold.threshold, PageText.decimal(threshold.threshold)),
                    PageText.percentCell(threshold.falseAcceptRateAttained),
                    PageText.percentCell(threshold.trueAcceptRate), PageTable.count(threshold.impostorCount),
                ]
            },
            notes: ["Chosen on \(thresholds[0].source); the rates are of those data."]
                + (thresholds.allSatisfy(\.isSupported) ? [] : ["! Too few impostor trials to support this rate."]))
    }

    func sections(prefix: String) -> [Page.Section] {
        let plots = plots(prefix: prefix).filter { !$0.name.hasPrefix(prefix + "angles-") }
        var sections: [Page.Section] = [.init("Scores and error rates", [.plots(PlotFolder.figures(plots))])]
        let angles = anglePlots(prefix: prefix)
        if !angles.isEmpty { sections.append(.init("Angles", [.plots(PlotFolder.figures(angles))])) }
        sections.append(.init("Identities", details.map { .table($0.identities) }))
        sections.append(
            .init(
                "The hardest pairs",
                [
                    .paragraph(
                        "Pictures as the network sees them, each picture in one pair at most. Numbers are cosines.")
                ]
                    + details.flatMap { $0.hardest.map { .pictures($0) } }))
        sections.append(.init("The embedding", spheres(prefix: prefix).map { .sphere($0.sphere) }))
        return sections
    }
}
