import Torch

/// Where a margin is evaluated: an angle θ in [0, π], known by its cosine, and whose it is.
///
/// No derivative goes through the arc cosine, whose slope is infinite at 0 and π. Sine and angle come
/// from the cosine c by sin θ = √((1 − c)(1 + c)) and θ = atan2(sin θ, c). Where |c| ≥ 1 − 2⁻⁵² the
/// sine counts as 0 and so does its derivative, of every order.
public struct MarginPoint<Scalar: MarginScalar> {
    /// cos θ, in [−1, 1].
    public let cosine: Scalar
    private let read: (MarginAmount.Source) throws -> Scalar

    /// - Parameters:
    ///   - cosine: must lie in [−1, 1].
    ///   - read: the numbers of an amount that is not the same for all.
    init(cosine: Scalar, reading read: @escaping (MarginAmount.Source) throws -> Scalar) {
        self.cosine = cosine
        self.read = read
    }

    /// How large a margin is here.
    public func amount(_ amount: MarginAmount) throws -> Scalar { try amount.resolved(read) }

    public func constant(_ value: Double) throws -> Scalar { try .constant(value) }

    /// The same sample and class at another cosine.
    public func moved(to cosine: Scalar) -> MarginPoint { MarginPoint(cosine: cosine, reading: read) }

    /// sin θ ≥ 0.
    public var sine: Scalar {
        get throws {
            let square = try sineSquared
            let isPole = try Self.isPole(square)
            return try .select(isPole, constant(0), .select(isPole, constant(1), square).squareRoot())
        }
    }

    /// θ in [0, π].
    public var angle: Scalar {
        get throws { try sine.arcTangent2(cosine) }
    }

    /// numerator / sin θ, and 0 at θ = 0 and π, where an angle has no direction to grow in.
    public func perSine(_ numerator: Scalar) throws -> Scalar {
        let square = try sineSquared
        let isPole = try Self.isPole(square)
        let quotient = try numerator / .select(isPole, constant(1), square).squareRoot()
        return try .select(isPole, constant(0), quotient)
    }

    private var sineSquared: Scalar {
        get throws { try (constant(1) - cosine) * (constant(1) + cosine) }
    }

    /// |c| ≥ 1 − 2⁻⁵², which is (1 − c)(1 + c) < 2⁻⁵¹.
    private static func isPole(_ sineSquared: Scalar) throws -> Scalar.Condition {
        try sineSquared.isLess(than: .constant(0x1p-51))
    }
}

extension MarginPoint where Scalar: BinaryFloatingPoint {
    /// The angle with this cosine (moved into [−1, 1]), of one sample to one class.
    ///
    /// - Parameter example: which of a rule's ``AmountRule/examples`` an amount takes that the data decide; the
    ///   last one where there are fewer.
    public init(cosine: Scalar, label: Int = 0, sample: Int = 0, example: Int = 0) {
        self.init(cosine: min(1, max(-1, cosine))) { source in
            switch source {
            case .constant(let value): Scalar(value)
            case .perClass(let values): Scalar(values[label])
            case .perClassTensor(let values): Scalar(try values[label].item())
            case .perSample(let values): Scalar(try values[sample].item())
            case .rule(let rule): Scalar(rule.examples[min(example, rule.examples.count - 1)].value)
            }
        }
    }
}
