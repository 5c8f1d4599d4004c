import Testing

@testable import AngularMargin

/// Margins of many samples at once against the same margins of one at a time.
@Suite struct NumberColumnTests {
    private static let cosines: [Double] = [-1, -0.999, -0.5, -1e-9, 0, 0.3, 0.9, 1]
    private static let margins: [any Margin] = [
        AdditiveAngularMargin(0.5), AdditiveAngularMargin(0.4, beyondPi: .arcface), AdditiveCosineMargin(0.35),
        MonotoneMultiplicativeMargin(3), ClippedMultiplicativeMargin(1.5), ShrunkenAngleMargin(1.4),
        CombinedMargin(factor: 1, angle: 0.3, cosine: 0.2), SubtractiveAngularMargin(0.2),
    ]

    @Test(arguments: margins.indices)
    func agreesWithSingleNumbers(_ index: Int) throws {
        let margin = Self.margins[index]
        let together = MarginPoint(cosine: NumberColumn(Self.cosines)) { _ in NumberColumn([0]) }
        let values = try margin.value(at: together).expanded(to: Self.cosines.count)
        let slopes = try margin.slope(at: together).expanded(to: Self.cosines.count)
        for (place, cosine) in Self.cosines.enumerated() {
            let alone = MarginPoint<Double>(cosine: cosine)
            #expect(try values[place] == margin.value(at: alone))
            #expect(try slopes[place] == margin.slope(at: alone))
        }
    }

    @Test func oneNumberStandsForAll() {
        let column = NumberColumn([1, 2, 3])
        #expect((column + NumberColumn([10])).numbers == [11, 12, 13])
        #expect((NumberColumn([10]) - column).numbers == [9, 8, 7])
        #expect(column.isLess(than: NumberColumn([2])) == [true, false, false])
        #expect(NumberColumn.select([true], column, NumberColumn([0])).numbers == [1, 2, 3])
        #expect(NumberColumn.select([false, true, false], column, NumberColumn([0])).numbers == [0, 2, 0])
        #expect(NumberColumn([4]).expanded(to: 3) == [4, 4, 4])
    }
}
