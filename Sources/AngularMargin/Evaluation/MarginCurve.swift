import Foundation
import Torch

/// ψ or η over the angle, for a picture of it.
public struct MarginCurve: Sendable {
    public enum Role: String, Sendable {
        /// ψ, of the own class.
        case target = "ψ"
        /// η, of the others to which it applies.
        case others = "η"
    }

    public let role: Role
    /// Which amounts it has, where the data decide; "" where there is one curve.
    public let name: String
    /// The first, second … of the examples.
    public let example: Int
    /// θ in [0, π].
    public let angles: [Double]
    public let values: [Double]
    /// By cos θ. Where the limit is infinite, whatever the margin gives.
    public let slopes: [Double]
}

extension Head {
    /// The curves of ψ and of η, each once per example of the amounts that the data decide.
    ///
    /// - Parameters:
    ///   - angles: θ in [0, π].
    ///   - label: the class whose margin is meant, where classes have their own.
    public func curves(at angles: [Double], label: Int = 0) throws -> [MarginCurve] {
        try curves(of: target, as: .target, angles, label) + curves(of: others, as: .others, angles, label)
    }

    private func curves(
        of margin: (any Margin)?, as role: MarginCurve.Role, _ angles: [Double], _ label: Int
    ) throws -> [MarginCurve] {
        guard let margin else {
            return [
                MarginCurve(
                    role: role, name: "", example: 0, angles: angles, values: angles.map(cos),
                    slopes: angles.map { _ in 1 })
            ]
        }
        var curves: [MarginCurve] = []
        let rule = ExampleReader()
        repeat {
            let points = angles.map { MarginPoint(cosine: cos($0)) { try rule.read($0, label: label) } }
            let values = try points.map { try margin.value(at: $0) }
            let slopes = try points.map { try margin.slope(at: $0) }
            curves.append(
                MarginCurve(
                    role: role, name: rule.name, example: rule.example, angles: angles, values: values, slopes: slopes))
        } while rule.advance()
        return curves
    }
}

/// Gives amounts one example after the other.
private final class ExampleReader {
    private(set) var example = 0
    private var count = 1
    private(set) var name = ""

    func read(_ source: MarginAmount.Source, label: Int) throws -> Double {
        switch source {
        case .constant(let value):
            return value
        case .perClass(let values):
            return values[label]
        case .perClassTensor(let values):
            return try values[label].item()
        case .perSample(let values):
            return try values[0].item()
        case .rule(let rule):
            count = max(count, rule.examples.count)
            let shown = rule.examples[min(example, rule.examples.count - 1)]
            name = shown.name
            return shown.value
        }
    }

    /// Whether there is another one.
    func advance() -> Bool {
        example += 1
        return example < count
    }
}
