import Reports
import Verification

extension PageTable {
    /// A row per class, the lowest recall first.
    init(classesOf set: String, _ report: ClassificationReport, angles: ClassAngles?, labels: [Int]) {
        func means(_ values: [Double]?) -> [Double?] {
            var sums = Array(repeating: (total: 0.0, count: 0), count: report.classes.count)
            for (value, label) in zip(values ?? [], labels) {
                sums[label].total += value
                sums[label].count += 1
            }
            return sums.map { $0.count > 0 ? $0.total / Double($0.count) : nil }
        }
        let (own, nearest) = (means(angles?.own), means(angles?.nearest))
        let caveats = report.classes.filter { !$0.caveats.isEmpty }.map {
            "\($0.name): \($0.caveats.joined(separator: "; "))."
        }
        self.init(
            caption: "Classes of \(set), the lowest recall first",
            columns: [
                "Class", .number("Samples"), .number("Recall"), .number("Precision"), .number("F1"),
                "Most often taken for", .number("So often"), .number("Angle to own"), .number("Angle to nearest other"),
            ],
            rows: report.lowestRecallFirst.map { index in
                let row = report.classes[index]
                return [
                    .text(row.name), Self.count(row.sampleCount), Cell(row.recall), Cell(row.precision),
                    Cell(row.f1Score), .text(row.mostTakenFor?.name ?? "–"),
                    row.mostTakenFor.map { Self.count($0.count) } ?? "–",
                    PageText.degreesCell(own[index]), PageText.degreesCell(nearest[index]),
                ]
            }, isSortable: true,
            notes: ["Angles are means over the class's samples, to the weights that decide."] + caveats.prefix(20))
    }
}

extension PageTable.Cell {
    /// A rate in percent with its interval.
    init(_ figure: ScoreReport.Figure) {
        let text = PageText.percent(figure.value) + (figure.isSupported ? "" : " !")
        guard let interval = figure.interval else {
            self = .number(figure.value, text)
            return
        }
        func digits(_ value: Double) -> String { String(format: "%.2f", value * 100) }
        self = .interval(
            .init(
                value: figure.value, lower: interval.lower, upper: interval.upper, range: 0...1, text: text,
                intervalText: "[\(digits(interval.lower)), \(digits(interval.upper))]"))
    }
}
