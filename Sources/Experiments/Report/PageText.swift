import Foundation
import Reports
import Verification

/// Numbers as a page shows them.
public enum PageText {
    /// 0.0372 as "3.72 %".
    public static func percent(_ share: Double) -> String { String(format: "%.2f\u{202F}%%", share * 100) }

    /// With three decimals and a true minus sign.
    public static func decimal(_ value: Double) -> String {
        String(format: "%.3f", value).replacing("-", with: "−")
    }

    /// Four significant digits.
    public static func number(_ value: Double) -> String {
        String(format: "%.4g", value).replacing("-", with: "−")
    }

    /// Digits in groups of three from 10 000 on, by narrow spaces.
    static func whole(_ count: Int) -> String { grouped(Double(count)) }

    /// "8 s", "3 min 20 s", "2 h 05 min".
    public static func duration(_ seconds: Double) -> String {
        guard seconds.isFinite, seconds < 1e9 else { return "?" }
        let whole = Int(seconds.rounded(.up))
        if whole < 60 { return "\(whole) s" }
        if whole < 3600 { return "\(whole / 60) min \(whole % 60) s" }
        return String(format: "%d h %02d min", whole / 3600, whole % 3600 / 60)
    }

    static func percentCell(_ share: Double) -> PageTable.Cell { .number(share, percent(share)) }

    static func degreesCell(_ angle: Double?) -> PageTable.Cell {
        angle.map { .number($0 * 180 / .pi, String(format: "%.1f°", $0 * 180 / .pi)) } ?? "–"
    }
}

extension PageTable {
    /// A table of what was measured, a row per set and condition and a column per metric, with intervals.
    ///
    /// - Parameters:
    ///   - rows: named by what stands in their first column.
    ///   - isDifference: whether the figures are differences, drawn around 0.
    public init(
        caption: String, rowTitle: String, rows: [(name: String, row: EvaluationReport.Row)], isDifference: Bool = false
    ) {
        let names = rows.flatMap(\.row.estimates).map(\.name).distinct()
        let confidence = rows.first?.row.estimates.first?.confidence ?? 0.95
        var notes = [
            "In brackets \(Int((confidence * 100).rounded()))\u{202F}% intervals: \(rows.first?.row.method ?? "")."
        ]
        if rows.contains(where: { $0.row.estimates.contains { !$0.isSupported } }) {
            notes.append(unsupportedRateNote)
        }
        for caveat in Set(rows.compactMap { row in row.row.caveat.map { "\(row.row.place): \($0)" } }).sorted() {
            notes.append("\(caveat.prefix(1).uppercased())\(caveat.dropFirst()), too few to speak for others.")
        }
        let reach = rows.flatMap(\.row.estimates).flatMap { [abs($0.lower), abs($0.upper), abs($0.value)] }.max() ?? 1
        let range = isDifference ? -max(reach, 1e-6)...max(reach, 1e-6) : 0...1
        self.init(
            caption: caption,
            columns: [Column(rowTitle)] + names.map { .number($0) } + [
                .number("Identities"), .number("Genuine trials"), .number("Impostor trials"),
            ],
            rows: rows.map { name, row in
                [.text(name)]
                    + names.map { name in
                        row.estimates.first { $0.name == name }.map {
                            Cell($0, range: range, isSigned: isDifference)
                        } ?? "–"
                    } + [row.identityCount, row.genuineCount, row.impostorCount].map(Self.count)
            }, notes: notes)
    }

    static func count(_ count: Int) -> Cell { .number(Double(count), PageText.whole(count)) }
}

extension PageTable.Cell {
    /// A figure in percent with its interval.
    public init(_ figure: EvaluationReport.Figure, range: ClosedRange<Double> = 0...1, isSigned: Bool = false) {
        let format = isSigned ? "%+.2f" : "%.2f"
        func text(_ value: Double) -> String { String(format: format, value * 100).replacing("-", with: "−") }
        self = .interval(
            .init(
                value: figure.value, lower: figure.lower, upper: figure.upper, range: range,
                text: text(figure.value) + "\u{202F}%" + (figure.isSupported ? "" : " !"),
                intervalText: "[\(text(figure.lower)), \(text(figure.upper))]"))
    }
}
