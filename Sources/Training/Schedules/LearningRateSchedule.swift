import Foundation

/// The learning rate at each step of a run: a linear warm-up, then one of a few shapes.
///
/// Before `warmUpSteps` are done the rate is base · (step + 1) / warmUpSteps; the shape then runs over
/// the remaining steps.
public struct LearningRateSchedule: Sendable, Codable, Hashable {
    public enum Shape: Sendable, Codable, Hashable {
        /// The base rate throughout.
        case constant
        /// The base rate times `factor` for each of `fractions` of the whole run that is passed.
        case step(fractions: [Double], factor: Double)
        /// final + (base − final) · ½(1 + cos πu), u from 0 to 1 (Loshchilov and Hutter 2017).
        case cosine(final: Double)
        /// final + (base − final) · (1 − u)^power
        case polynomial(power: Double, final: Double)
    }

    public let base: Double
    public let shape: Shape
    public let warmUpSteps: Int
    public let totalSteps: Int

    public init(base: Double, shape: Shape, warmUpSteps: Int = 0, totalSteps: Int) {
        precondition(base > 0 && totalSteps > 0 && warmUpSteps >= 0, "a rate above 0 over some steps")
        self.base = base
        self.shape = shape
        self.warmUpSteps = warmUpSteps
        self.totalSteps = totalSteps
    }

    /// The rate for a step, counted from 0.
    public func rate(step: Int) -> Double {
        if step < warmUpSteps { return base * Double(step + 1) / Double(warmUpSteps) }
        let progress = Double(step - warmUpSteps) / Double(max(1, totalSteps - warmUpSteps))
        switch shape {
        case .constant:
            return base
        case .step(let fractions, let factor):
            let passed = fractions.filter { Double(step) >= $0 * Double(totalSteps) }.count
            return base * pow(factor, Double(passed))
        case .cosine(let final):
            return final + (base - final) * (1 + cos(.pi * progress)) / 2
        case .polynomial(let power, let final):
            return final + (base - final) * pow(max(0, 1 - progress), power)
        }
    }
}
