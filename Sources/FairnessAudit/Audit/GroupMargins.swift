/// The angular margins α = y h(x)/‖x‖ of a group, which decide what noise does to it.
public struct GroupMargins: Sendable, Codable {
    public let partition: String
    public let group: String
    public let people: Int
    /// People whose features are all 0; their decision never changes.
    public let zeroRows: Int
    /// The 5, 25, 50, 75 and 95 % quantiles of |α|.
    public let magnitudes: [Double]
    /// Shares of people with α in equal bins from −reach to reach.
    public let histogram: [Double]
    public let reach: Double

    static let binCount = 60

    init(_ people: AuditedPeople, partition: String, group: AuditedPeople.Group) {
        var margins: [Double] = []
        var zeroRows = 0
        let reach = people.greatestMargin
        var bins = [Double](repeating: 0, count: Self.binCount)
        for segment in people.segments where group.parts.contains(segment.cell / 2) {
            for person in segment.range {
                guard let margin = people.margin(person, isPositive: !segment.cell.isMultiple(of: 2)) else {
                    zeroRows += 1
                    continue
                }
                margins.append(abs(margin))
                let place = Int((margin / reach + 1) / 2 * Double(Self.binCount))
                bins[min(Self.binCount - 1, max(0, place))] += 1
            }
        }
        margins.sort()
        self.partition = partition
        self.group = group.name
        self.people = margins.count + zeroRows
        self.zeroRows = zeroRows
        self.reach = reach
        let count = Double(max(1, margins.count))
        histogram = bins.map { $0 / count }
        magnitudes = [0.05, 0.25, 0.5, 0.75, 0.95].map { share in
            margins.isEmpty ? 0 : margins[Int((share * Double(margins.count - 1)).rounded())]
        }
    }
}

extension AuditedPeople {
    /// The largest |α|, at least a hair.
    var greatestMargin: Double {
        var greatest = 0.0
        for person in 0..<count where norms[person] > 0 {
            greatest = max(greatest, abs(scores[person]) / norms[person])
        }
        return max(greatest, 1e-12)
    }

    /// |α| of a group's people, rows of zeros left out.
    func magnitudes(_ group: Group) -> [Double] {
        segments.filter { group.parts.contains($0.cell / 2) }.flatMap { segment in
            segment.range.compactMap { margin($0, isPositive: true).map(abs) }
        }
    }
}
