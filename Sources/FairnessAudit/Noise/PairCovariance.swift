import Foundation

/// How two people's decisions move together under normal noise of size σ.
struct PairCovariance: Sendable {
    let people: AuditedPeople
    let scale: Double

    init(_ people: AuditedPeople, scale: Double) {
        self.people = people
        self.scale = scale
    }

    struct Person: Sendable {
        let place: Int
        /// α/σ; infinite for a row of zeros, whose decision stays.
        let deviation: Double
        let sign: Double
        let norm: Double
    }

    func person(_ place: Int, in segment: AuditedPeople.Segment) -> Person {
        let isPositive = !segment.cell.isMultiple(of: 2)
        let margin = people.margin(place, isPositive: isPositive)
        return Person(
            place: place, deviation: margin.map { $0 / scale } ?? .infinity, sign: isPositive ? 1 : -1,
            norm: people.norms[place])
    }

    func variance(_ person: Person) -> Double {
        StandardNormal.cumulative(person.deviation) * StandardNormal.cumulative(-person.deviation)
    }

    func covariance(_ first: Person, _ second: Person, _ features: UnsafeMutableBufferPointer<Double>) -> Double {
        guard abs(first.deviation) < 8.5, abs(second.deviation) < 8.5 else { return 0 }
        let width = people.dimension
        let (start, other) = (first.place * width, second.place * width)
        var product = 0.0
        for place in 0..<width { product += features[start + place] * features[other + place] }
        var cosine = product / (first.norm * second.norm)
        // Rounding of equal or opposite rows must not pass for an angle.
        if abs(cosine) > 1 - 1e-15 { cosine = cosine < 0 ? -1 : 1 }
        let correlation = first.sign * second.sign * min(1, max(-1, cosine))
        return BivariateNormal.excess(first.deviation, second.deviation, correlation: correlation)
    }
}
