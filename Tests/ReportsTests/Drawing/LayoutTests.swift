import Testing

@testable import Reports

@Suite struct LayoutTests {
    private let area = Frame(left: 40, top: 0, width: 460, height: 200)
    private let textRange = Layout.textRange(width: Layout.width)
    private let axis = Plot.Axis(label: "", range: 0...1)

    @Test(arguments: [[0.1, 0.12, 0.15], [0.2, 0.86], [0.7, 0.72, 0.9, 0.98], [0.5, 0.5]])
    func markersLabelsMeetNoOtherLabelAndNoLine(values: [Double]) {
        let markers = values.map { Plot.Marker(at: $0, label: "threshold \($0)") }
        let placed = PlacedMarker.placed(markers, axis: axis, area: area, textRange: textRange)
        #expect(placed.count == values.count)
        for (place, one) in placed.enumerated() {
            let span = one.labelX...(one.labelX + textWidth(one.label, size: Layout.smallSize))
            #expect(span.lowerBound >= textRange.lowerBound && span.upperBound <= textRange.upperBound)
            for (otherPlace, other) in placed.enumerated() where otherPlace != place {
                let otherSpan = other.labelX...(other.labelX + textWidth(other.label, size: Layout.smallSize))
                #expect(one.row != other.row || !span.overlaps(otherSpan))
                // A line reaches up to its own label's row.
                #expect(other.row < one.row || !span.contains(other.x))
            }
        }
    }

    @Test func markersBeyondTheAxisAreLeftOut() {
        #expect(PlacedMarker.placed([.init(at: 2, label: "far")], axis: axis, area: area, textRange: textRange).isEmpty)
    }

    @Test func legendStaysWithinTheWidthAndNamesWhatIsNotDataLast() {
        let long = String(repeating: "a very long name ", count: 10)
        let names = ["a", "b", long, "some name", "another name of a system", "c"]
        let series =
            [Plot.Series(name: "reference", mark: .line([]), look: .init(color: .muted))]
            + names.enumerated().map { Plot.Series(name: $1, mark: .line([]), look: .ofSeries($0)) }
        let legend = Legend(series, top: 0, textRange: textRange)
        #expect(legend.entries.map(\.series.name) == names + ["reference"])
        for entry in legend.entries {
            #expect(entry.x + 29 + textWidth(entry.name, size: Layout.textSize) <= textRange.upperBound + 1e-9)
            #expect(entry.baseline < legend.height)
        }
        for (one, other) in zip(legend.entries, legend.entries.dropFirst()) where one.baseline == other.baseline {
            #expect(one.x + 29 + textWidth(one.name, size: Layout.textSize) < other.x)
        }
    }

    @Test func shortenedNamesKeepBothEnds() {
        let name = shortened("Softmax with a long name, EER 7.08 %", width: 150, size: 13)
        #expect(name.hasPrefix("Soft") && name.hasSuffix("7.08 %") && name.contains("…"))
        #expect(textWidth(name, size: 13) <= 150)
        #expect(shortened("short", width: 150, size: 13) == "short")
    }

    @Test func textIsBrokenAtSpaces() {
        #expect(wrapped("one two three", width: textWidth("one two", size: 10), size: 10) == ["one two", "three"])
        #expect(wrapped("", width: 10, size: 10).isEmpty)
        #expect(wrapped("unbreakable", width: 1, size: 10) == ["unbreakable"])
    }
}
