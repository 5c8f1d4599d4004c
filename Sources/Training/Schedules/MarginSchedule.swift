import Foundation

/// How much of the head's margin is applied at each step: nothing at first, then a ramp, then all.
///
/// A margin from the first step can keep a network from starting to learn; all large-margin recipes for
/// speakers ramp it.
public struct MarginSchedule: Sendable, Codable, Hashable {
    /// The fractions of the run at which the ramp begins and ends.
    public let start: Double
    public let end: Double

    public init(start: Double, end: Double) {
        precondition(0 <= start && start <= end && end <= 1, "fractions of the run, in order")
        self.start = start
        self.end = end
    }

    /// The whole margin from the first step.
    public static let none = MarginSchedule(start: 0, end: 0)

    /// The factor of the margin for a step, counted from 0.
    public func factor(step: Int, totalSteps: Int) -> Double {
        let progress = Double(step) / Double(totalSteps)
        if progress >= end { return 1 }
        return progress <= start ? 0 : (progress - start) / (end - start)
    }
}
