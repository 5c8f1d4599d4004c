/// A marker with its label's place: beside the top of its line, like a flag, above the area.
///
/// All flags point to one side and are stacked so that neither a label nor a line crosses a label.
struct PlacedMarker {
    static let rowHeight = 17.0
    private static let gap = 5.0

    /// Where the line stands.
    let x: Double
    let label: String
    /// Where the label begins.
    let labelX: Double
    /// Counted from the area upwards.
    let row: Int

    /// The markers that an axis shows.
    static func placed(
        _ markers: [Plot.Marker], axis: Plot.Axis, area: Frame, textRange room: ClosedRange<Double>
    ) -> [PlacedMarker] {
        let flags = markers.filter { axis.range.contains($0.value) }.sorted { $0.value < $1.value }.map { marker in
            let label = shortened(marker.label, width: room.upperBound - room.lowerBound, size: Layout.smallSize)
            return (
                x: area.left + axis.share(of: marker.value) * area.width, label: label,
                width: textWidth(label, size: Layout.smallSize)
            )
        }
        let pointsRight = flags.allSatisfy { $0.x + gap + $0.width <= room.upperBound }
        var placed: [PlacedMarker] = []
        // From the side that the flags point to, so that each has to clear those before it alone.
        for flag in pointsRight ? flags.reversed() : flags {
            let start = pointsRight ? flag.x + gap : max(room.lowerBound, flag.x - gap - flag.width)
            let taken = start - gap...start + flag.width + gap
            let below = placed.filter { other in
                let otherWidth = textWidth(other.label, size: Layout.smallSize)
                return taken.contains(other.x) || taken.overlaps(other.labelX...other.labelX + otherWidth)
            }
            placed.append(
                PlacedMarker(x: flag.x, label: flag.label, labelX: start, row: (below.map(\.row).max() ?? -1) + 1))
        }
        return placed
    }
}
