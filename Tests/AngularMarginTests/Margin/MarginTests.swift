import AngularMargin
import Foundation
import Testing
import Torch

/// Every margin as a function of its angle.
@Suite struct MarginTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let margin: any Margin
        /// The same function with arc cosines.
        let formula: @Sendable (Double) -> Double
        /// Angles where the value, the slope or its slope jumps.
        var kinks: [Double] = []
        var testDescription: String { name }
    }

    static let cases: [Case] = [
        Case(name: "additive cosine", margin: AdditiveCosineMargin(0.35), formula: { cos($0) - 0.35 }),
        Case(name: "additive angular", margin: AdditiveAngularMargin(0.5), formula: { cos($0 + 0.5) }),
        Case(
            name: "clamp", margin: AdditiveAngularMargin(0.5, beyondPi: .clamp),
            formula: { cos(min(.pi, $0 + 0.5)) }, kinks: [.pi - 0.5]),
        Case(
            name: "arcface", margin: AdditiveAngularMargin(0.5, beyondPi: .arcface),
            formula: { $0 < .pi - 0.5 ? cos($0 + 0.5) : cos($0) - 0.5 * sin(0.5) }, kinks: [.pi - 0.5]),
        Case(
            name: "wespeaker", margin: AdditiveAngularMargin(0.5, beyondPi: .wespeaker),
            formula: { $0 < .pi - 0.5 ? cos($0 + 0.5) : cos($0) - 1 + cos(0.5) }, kinks: [.pi - 0.5]),
        Case(
            name: "easy", margin: AdditiveAngularMargin(0.5, beyondPi: .easy),
            formula: { cos($0) > 0 ? cos($0 + 0.5) : cos($0) }, kinks: [.pi / 2]),
        Case(
            name: "subtractive", margin: SubtractiveAngularMargin(0.3), formula: { cos(max(0, $0 - 0.3)) }, kinks: [0.3]
        ),
        Case(name: "subtractive, below 0", margin: SubtractiveAngularMargin(-0.3), formula: { cos($0 + 0.3) }),
        Case(
            name: "combined", margin: CombinedMargin(factor: 1.3, angle: 0.2, cosine: 0.1),
            formula: { cos(1.3 * $0 + 0.2) - 0.1 }),
        Case(
            name: "combined, stopping", margin: CombinedMargin(factor: 1.3, angle: 0.2, cosine: 0.1, isClamped: true),
            formula: { cos(min(.pi, 1.3 * $0 + 0.2)) - 0.1 }, kinks: [(.pi - 0.2) / 1.3]),
        Case(
            name: "monotone 4", margin: MonotoneMultiplicativeMargin(4),
            formula: { pow(-1, floor(4 * $0 / .pi)) * cos(4 * $0) - 2 * floor(4 * $0 / .pi) },
            kinks: [.pi / 4, .pi / 2, 3 * .pi / 4]),
        Case(
            name: "monotone 1.5", margin: MonotoneMultiplicativeMargin(1.5),
            formula: { $0 < .pi / 1.5 ? cos(1.5 * $0) : -cos(1.5 * $0) - 2 }),
        Case(
            name: "clipped", margin: ClippedMultiplicativeMargin(1.4),
            formula: { cos(min(.pi, 1.4 * $0)) }),
        Case(name: "shrunken", margin: ShrunkenAngleMargin(1.4), formula: { cos($0 / 1.4) }),
        Case(
            name: "adjustment", margin: SimilarityAdjustment(exponent: 3),
            formula: { 2 * pow((cos($0) + 1) / 2, 3) - 1 }),
        Case(
            name: "adjusted cosine", margin: SimilarityAdjustment(exponent: 3).then(AdditiveCosineMargin(0.4)),
            formula: { 2 * pow((cos($0) + 1) / 2, 3) - 1.4 }),
        Case(
            name: "adjusted angle",
            margin: AdditiveAngularMargin(0.5, beyondPi: .clamp).then(SimilarityAdjustment(exponent: 3)),
            formula: { 2 * pow((cos(min(.pi, $0 + 0.5)) + 1) / 2, 3) - 1 }, kinks: [.pi - 0.5]),
    ]

    private static let angles = (1..<200).map { Double($0) * .pi / 200 }

    @Test(arguments: cases) func valueAndSlope(_ margin: Case) throws {
        for angle in Self.angles where !margin.kinks.contains(where: { abs($0 - angle) < 1e-4 }) {
            let point = MarginPoint(cosine: cos(angle))
            #expect(try abs(margin.margin.value(at: point) - margin.formula(angle)) < 1e-13)
            let h = 1e-5
            let byAngle = (margin.formula(angle + h) - margin.formula(angle - h)) / (2 * h)
            let slope = -byAngle / sin(angle)
            #expect(try abs(margin.margin.slope(at: point) - slope) < 1e-7 * max(1, abs(slope)))
        }
    }

    @Test(arguments: cases) func poles(_ margin: Case) throws {
        for (cosine, angle) in [(1.0, 0.0), (-1, .pi)] {
            // A little over 1 counts as 1.
            for point in [MarginPoint(cosine: cosine), MarginPoint(cosine: cosine * (1 + 1e-15))] {
                #expect(try abs(margin.margin.value(at: point) - limit(margin, angle)) < 1e-12)
                #expect(try margin.margin.slope(at: point).isFinite)
            }
        }
    }

    private func limit(_ margin: Case, _ angle: Double) -> Double {
        margin.formula(angle == 0 ? 0 : .pi - 1e-15)
    }

    @Test(arguments: cases) func tensorsAndFloatsAgreeWithDoubles(_ margin: Case) throws {
        // Weights [C, D] and features so that every angle is met once, through a whole head.
        let head = Head(scale: .constant(1), target: margin.margin)
        let features = try Tensor(Self.angles.flatMap { [cos($0), sin($0)] }, shape: [Self.angles.count, 2])
        let output = try head.evaluate(
            features: features, weights: Tensor([1.0, 0], shape: [1, 2]),
            labels: Tensor([Int](repeating: 0, count: Self.angles.count)))
        let values = try #require(output.logits).reals()
        for (angle, value) in zip(Self.angles, values) {
            let expected = try margin.margin.value(at: MarginPoint(cosine: cos(angle)))
            #expect(abs(value - expected) < 1e-13 || margin.kinks.contains { abs($0 - angle) < 1e-4 })
            let single = try margin.margin.value(at: MarginPoint(cosine: Float(cos(angle))))
            #expect(
                abs(Double(single) - expected) < 4e-6 || margin.kinks.contains { abs($0 - angle) < 1e-4 })
        }
    }

    @Test(arguments: cases) func scaling(_ margin: Case) throws {
        let none = margin.margin.scaled(by: 0)
        for angle in Self.angles {
            let point = MarginPoint(cosine: cos(angle))
            let plain = try margin.margin.withoutMargin?.value(at: point) ?? point.cosine
            #expect(try abs(none.value(at: point) - plain) < 1e-14)
            let same = try margin.margin.scaled(by: 1).value(at: point)
            #expect(try same == margin.margin.value(at: point))
        }
        let half = try AdditiveAngularMargin(0.5).scaled(by: 0.5).value(at: MarginPoint(cosine: cos(1.0)))
        #expect(abs(half - cos(1.25)) < 1e-15)
        let halfFactor = try MonotoneMultiplicativeMargin(2).scaled(by: 0.5).value(at: MarginPoint(cosine: cos(1.0)))
        #expect(abs(halfFactor - cos(1.5)) < 1e-15)
    }

    @Test(arguments: [1, 1.3, 2, 2.5, 3, 4, 5]) func theMonotoneMarginFallsWithoutJumps(_ m: Double) throws {
        let margin = MonotoneMultiplicativeMargin(.constant(m))
        var previous = try margin.value(at: MarginPoint(cosine: 1))
        #expect(previous == 1)
        for step in 1...4000 {
            let value = try margin.value(at: MarginPoint(cosine: cos(Double(step) * .pi / 4000)))
            #expect(value <= previous && previous - value < m * .pi / 4000 + 1e-9)
            previous = value
        }
        if m == m.rounded() { #expect(abs(previous - (1 - 2 * m)) < 1e-12) }
    }

    /// From |c| = 1 − 2⁻⁵² on, an angle counts as 0 or π.
    @Test(arguments: [1.0, -1]) func wherePolesBegin(_ sign: Double) throws {
        let margin = AdditiveAngularMargin(0.5)
        for (distance, isPole) in [(0, true), (0x1p-53, true), (0x1p-52, true), (0x1.8p-52, false), (0x1p-51, false)] {
            let point = MarginPoint(cosine: sign * (1 - distance))
            #expect(try (margin.slope(at: point) == 0) == isPole)
            #expect(try (point.sine == 0) == isPole)
        }
        let single = MarginPoint(cosine: Float(sign) * Float(1).nextDown)
        #expect(try margin.slope(at: single) != 0)
    }

    @Test func jumpsAtTheJoin() throws {
        for (policy, jump) in [(BeyondPi.arcface, 0.117), (.wespeaker, 0), (.clamp, 0), (.none, 0)] {
            let margin = AdditiveAngularMargin(0.5, beyondPi: policy)
            let before = try margin.value(at: MarginPoint(cosine: cos(.pi - 0.5 - 1e-9)))
            let after = try margin.value(at: MarginPoint(cosine: cos(.pi - 0.5 + 1e-9)))
            #expect(abs(before - after - jump) < 5e-4)
        }
    }
}
