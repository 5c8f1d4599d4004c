import Foundation
import Testing
import Verification

@testable import Reports

@Suite struct ThinningTests {
    private let width = 440.0

    /// A quarter of a unit's column and the tolerance, with what rounding adds.
    private let allowed = 0.25 + Thinning.tolerance + 1e-9

    /// The largest distance of a point to the pieces of the thinned line that stand for it.
    private func farthest(_ points: [Plot.Point], kept: [Int]) -> Double {
        zip(kept, kept.dropFirst()).flatMap { start, end in
            (start...end).map { points[$0].distance(toSegmentFrom: points[start], to: points[end]) }
        }.max() ?? 0
    }

    @Test func aSmoothCurveStaysWithinTheToleranceOnAFewPoints() {
        let points = (0...500_000).map { place in
            let x = Double(place) / 500_000 * width
            return Plot.Point(x, 100 + 80 * sin(x / 40))
        }
        let kept = Thinning.kept(points, width: width)
        #expect(kept.first == 0 && kept.last == 500_000)
        #expect(kept.count < 500)
        #expect(farthest(points, kept: kept) < allowed)
    }

    @Test func noiseKeepsItsExtremesOnSomeThousandsOfPoints() throws {
        var generator = SplitMix64(seed: 1)
        let points = (0..<300_000).map {
            Plot.Point(Double($0) / 300_000 * width, Double.random(in: 0...200, using: &generator))
        }
        let kept = Thinning.kept(points, width: width)
        #expect(kept.count <= Int(4 * 4 * width))
        // The nearest piece may be another column's: close steep lines cover each other.
        let extreme = points.filter { $0.y < 0.5 || $0.y > 199.5 }
        for point in extreme.enumerated().filter({ $0.offset.isMultiple(of: 10) }).map(\.element) {
            let nearest = zip(kept, kept.dropFirst()).map { start, end in
                point.distance(toSegmentFrom: points[start], to: points[end])
            }.min()
            #expect(try #require(nearest) < allowed)
        }
    }

    @Test func cornersOfAStaircaseStay() {
        var stairs = [Plot.Point(0, 200)]
        for step in 1...20 {
            stairs += [
                Plot.Point(Double(step) * 20, 200 - Double(step - 1) * 10),
                Plot.Point(Double(step) * 20, 200 - Double(step) * 10),
            ]
        }
        #expect(Thinning.kept(stairs, width: width) == Array(stairs.indices))
        // Points along the treads and risers go.
        let dense = zip(stairs, stairs.dropFirst()).flatMap { from, to in
            (0..<50).map { part in
                let share = Double(part) / 50
                return Plot.Point(from.x + share * (to.x - from.x), from.y + share * (to.y - from.y))
            }
        }
        let kept = Set(Thinning.kept(dense, width: width).map { dense[$0] })
        #expect(stairs.dropLast().allSatisfy(kept.contains))
        #expect(farthest(dense, kept: Thinning.kept(dense, width: width)) < allowed)
    }

    @Test func whatLiesBeyondTheAreaIsOneColumn() {
        let points =
            (0...100_000).map { Plot.Point(-Double($0), 1) }.reversed() + [Plot.Point(10, 5), Plot.Point(20, 0)]
        #expect(Thinning.kept(Array(points), width: width).count <= 6)
    }

    @Test func shortLinesStayWhole() {
        #expect(Thinning.kept([], width: width) == [])
        #expect(Thinning.kept([Plot.Point(1, 1)], width: width) == [0])
        #expect(Thinning.kept([Plot.Point(1, 1), Plot.Point(1, 1)], width: width) == [0, 1])
    }

    @Test func aCurveOfAMillionTrialsIsDrawnWithSomeThousandPoints() throws {
        let curve = try Samples.curve(seed: 2, genuineCount: 200_000, impostorCount: 400_000)
        let look = Plot.Look.ofSeries(0)
        let svg = Plot.detectionErrorTradeOff([DetectionCurve(name: "a", curve: curve, look: look)]).svg()
        #expect(svg.utf8.count < 60_000)
    }
}
