import Testing

@testable import Reports

@Suite struct TicksTests {
    private func labels(_ axis: Plot.Axis, length: Double = 400, spacing: Double = 50) -> [String] {
        axis.ticks(length: length, spacing: spacing).compactMap(\.label)
    }

    @Test func linearTicksAreMultiplesOfARoundNumber() {
        #expect(labels(.init(label: "", range: 0...1)) == ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"])
        #expect(labels(.init(label: "", range: -0.37...0.91), length: 250) == ["0.0", "0.5"])
        #expect(labels(.init(label: "", range: -3000...12000), length: 200) == ["0", "5000", "10\u{202F}000"])
        #expect(labels(.init(label: "", range: -2...0), length: 100) == ["−2", "−1", "0"])
    }

    @Test func percentTicksAreRoundInPercent() {
        let axis = Plot.Axis(label: "", range: 0...0.07, numbers: .percent)
        #expect(labels(axis) == ["0", "1", "2", "3", "4", "5", "6", "7"])
        #expect(axis.ticks(length: 400, spacing: 50)[7].value == 0.07)
    }

    @Test func logarithmicTicksArePowersOfTenWithUnlabelledMultiples() {
        let axis = Plot.Axis(label: "", scale: .logarithmic, range: 1e-5...1)
        #expect(labels(axis) == ["10⁻⁵", "10⁻⁴", "10⁻³", "10⁻²", "10⁻¹", "1"])
        #expect(axis.ticks(length: 400, spacing: 50).count == 5 * 9 + 1)
    }

    @Test func logarithmicTicksWithoutRoomSkipDecades() {
        let axis = Plot.Axis(label: "", scale: .logarithmic, range: 1e-6...1)
        #expect(labels(axis, length: 160) == ["10⁻⁶", "10⁻⁴", "10⁻²", "1"])
    }

    @Test func withRoomOneTwoAndFiveAreLabelled() {
        let axis = Plot.Axis(label: "", scale: .logarithmic, range: 0.15...6)
        #expect(labels(axis) == ["0.2", "0.5", "1", "2", "5"])
        #expect(labels(axis, length: 200) == ["1"])
        let short = Plot.Axis(label: "", scale: .logarithmic, range: 2...3)
        #expect(labels(short, length: 100) == ["2.0", "2.5", "3.0"])
    }

    @Test func normalDeviateTicksPreferRoundRatesAndKeepApart() {
        let axis = Plot.Axis(label: "", scale: .normalDeviate, range: 0.001...0.4, numbers: .percent)
        #expect(labels(axis, length: 400, spacing: 30) == ["0.1", "0.5", "1", "2", "5", "10", "20", "30", "40"])
        #expect(labels(axis, length: 120, spacing: 30) == ["0.1", "1", "10", "40"])
    }

    @Test(arguments: [Plot.Scale.linear, .logarithmic, .normalDeviate])
    func ticksAreWithinTheAxisAndApart(scale: Plot.Scale) {
        for range in [0.0011...0.93, 0.02...0.03, 0.4...0.999] {
            let axis = Plot.Axis(label: "", scale: scale, range: range)
            let ticks = axis.ticks(length: 300, spacing: 30)
            #expect(ticks.contains { $0.label != nil })
            #expect(ticks.allSatisfy { axis.share(of: $0.value) > -1e-6 && axis.share(of: $0.value) < 1 + 1e-6 })
            #expect(ticks.map(\.value) == ticks.map(\.value).sorted())
        }
    }

    @Test func roundNumbersAreOneTwoOrFiveTimesAPowerOfTen() {
        #expect(RoundNumber(atLeast: 0.031).value == 0.05)
        #expect(RoundNumber(atLeast: 0.05).value == 0.05)
        #expect(RoundNumber(atLeast: 0.051).value == 0.1)
        #expect(RoundNumber(atLeast: 1).value == 1)
        #expect(RoundNumber(atLeast: 1300).value == 2000)
        #expect(RoundNumber(atLeast: 0.1).multiple(3) == 0.3)
        #expect(RoundNumber(atLeast: 0.02).decimals == 2 && RoundNumber(atLeast: 20).decimals == 0)
    }

    @Test func rangesWidenToRoundEnds() {
        #expect((0...0.93).widened(toMultiples: 5) == 0...1)
        #expect((-0.31...0.93).widened(toMultiples: 5) == -0.5...1)
        #expect((2...2).widened(toMultiples: 5) == 1.5...2.5)
    }

    @Test func numbersAreWrittenForReaders() {
        #expect(grouped(1234) == "1234")
        #expect(grouped(1_234_567) == "1\u{202F}234\u{202F}567")
        #expect(grouped(-0.5, decimals: 1) == "−0.5")
        #expect(grouped(-0.001, decimals: 2) == "0.00")
        #expect(percentText(0.0372) == "3.72\u{202F}%")
        #expect(superscript(-12) == "⁻¹²")
    }
}
