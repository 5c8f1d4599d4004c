import Torch

/// How large a margin is: one number for all, one per class, or one per sample.
///
/// ```swift
/// AdditiveAngularMargin(0.5)
/// AdditiveAngularMargin(.perClass([0, 0, 0.2]))
/// AdditiveAngularMargin(.rule(MagnitudeMargin(norms: 10...110, margins: 0.45...0.8)))
/// ```
public struct MarginAmount: Sendable, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
    /// Where the number comes from.
    public enum Source: Sendable {
        case constant(Double)
        /// One number per class: that of the class an angle is measured to.
        case perClass([Double])
        /// One number per class, [C]. Gradients flow back to it.
        case perClassTensor(Tensor)
        /// One number per sample, [B]. Gradients flow back to it.
        case perSample(Tensor)
        /// What a rule reads off the batch.
        case rule(any AmountRule)
    }

    public let source: Source
    /// The amount is `offset + factor · source`.
    let factor: Double
    let offset: Double

    init(source: Source, factor: Double = 1, offset: Double = 0) {
        self.source = source
        self.factor = factor
        self.offset = offset
    }

    public static func constant(_ value: Double) -> MarginAmount { MarginAmount(source: .constant(value)) }
    public static func perClass(_ values: [Double]) -> MarginAmount { MarginAmount(source: .perClass(values)) }
    public static func perClass(_ values: Tensor) -> MarginAmount { MarginAmount(source: .perClassTensor(values)) }
    public static func perSample(_ values: Tensor) -> MarginAmount { MarginAmount(source: .perSample(values)) }
    /// `offset + factor ·` what the rule gives.
    public static func rule(_ rule: any AmountRule, factor: Double = 1, offset: Double = 0) -> MarginAmount {
        MarginAmount(source: .rule(rule), factor: factor, offset: offset)
    }

    public init(floatLiteral value: Double) { self = .constant(value) }
    public init(integerLiteral value: Int) { self = .constant(Double(value)) }

    /// The way from `neutral`, where there is no margin, to this amount, gone as far as `factor` says.
    public func scaled(by factor: Double, from neutral: Double = 0) -> MarginAmount {
        MarginAmount(
            source: source, factor: self.factor * factor,
            offset: neutral + factor * (offset - neutral))
    }

    public static prefix func - (amount: MarginAmount) -> MarginAmount { amount.scaled(by: -1) }

    /// The number, where it is one for all.
    var number: Double? {
        guard case .constant(let value) = source else { return nil }
        return offset + factor * value
    }

    /// The amount as a scalar, once the source has been read.
    func resolved<Scalar: MarginScalar>(_ read: (Source) throws -> Scalar) throws -> Scalar {
        if case .constant(let value) = source { return try .constant(offset + factor * value) }
        return try .constant(offset) + .constant(factor) * read(source)
    }
}
