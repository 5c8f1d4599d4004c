import AngularMargin
import Foundation
import Torch

/// Where a formula is evaluated: plain numbers.
struct FormulaPoint: Sendable {
    var features: [[Double]]
    /// Class by class, sub-centre by sub-centre.
    var weights: [[[Double]]]
    var labels: [Int]
    var bias = 0.0
    var margins: [Double] = []
    var classWeights: [Double] = []

    func cosine(_ i: Int, _ j: Int, center k: Int = 0) -> Double {
        dot(features[i], weights[j][k]) / (length(features[i]) * length(weights[j][k]))
    }

    /// The cosine to the nearest centre of a class.
    func nearest(_ i: Int, _ j: Int) -> Double {
        weights[j].indices.map { cosine(i, j, center: $0) }.max() ?? 0
    }

    func angle(_ i: Int, _ j: Int) -> Double { acos(min(1, max(-1, nearest(i, j)))) }

    func norm(_ i: Int) -> Double { length(features[i]) }
}

/// A head written from its formula, with loops: the losses of all samples.
///
/// - Parameters:
///   - at: where it is evaluated.
///   - base: where gradients are taken: what is held fixed is read there.
typealias Formula = @Sendable (_ at: FormulaPoint, _ base: FormulaPoint) -> [Double]

func dot(_ first: [Double], _ second: [Double]) -> Double { zip(first, second).reduce(0) { $0 + $1.0 * $1.1 } }

func softplus(_ a: Double) -> Double { max(a, 0) + log1p(exp(-abs(a))) }

/// log Σ eᶻ − z_y.
func crossEntropy(_ z: [Double], _ y: Int) -> Double {
    let top = z.max() ?? 0
    return log(z.reduce(0) { $0 + exp($1 - top) }) + top - z[y]
}

/// A preset with its values, and its formula.
struct FormulaCase: Sendable, CustomStringConvertible {
    let preset: String
    var values: [String: HeadParameterValue] = [:]
    /// How many sub-centres; 0 for weights without that axis.
    var centers = 0
    var bias: Double?
    var margins: [Double]?
    /// ω of all classes.
    var classWeights: [Double]?
    var state: [HeadState.Name: Double] = [:]
    /// What the features' and the weights' entries are multiplied by.
    var magnitude = 1.0
    let formula: Formula

    var description: String {
        ([preset] + values.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }).joined(separator: " ")
    }

    func head(classCount: Int, margins: Tensor? = nil, classWeights: Tensor? = nil) throws -> Head {
        try HeadPreset.named(preset).head(
            values,
            for: HeadContext(
                classNames: (0..<classCount).map(String.init), classMargins: margins,
                classWeights: classWeights))
    }

    func point(batch: Int, classes: Int, dimension: Int, seed: UInt64) throws -> FormulaPoint {
        let kind = try head(
            classCount: classes, margins: margins.map { try Tensor($0) },
            classWeights: classWeights.map { try Tensor($0) }
        ).objective.kind
        let rows = kind == .oneClass ? 1 : kind == .contrastive ? batch : classes
        let problem = Problem.random(
            batch: batch, classes: rows * max(1, centers), dimension: dimension, seed: seed)
        var source = SplitMix(seed: seed &+ 1000)
        return FormulaPoint(
            features: problem.features.map { $0.map { $0 * magnitude } },
            weights: (0..<rows).map { j in (0..<max(1, centers)).map { problem.weights[j * max(1, centers) + $0] } },
            labels: kind == .contrastive
                ? Array(0..<batch) : (0..<batch).map { _ in Int(source.next() % UInt64(kind == .oneClass ? 2 : rows)) },
            bias: bias ?? 0, margins: margins.map { Array($0.prefix(rows)) } ?? [],
            classWeights: classWeights.map { Array($0.prefix(rows)) } ?? [])
    }

    /// The mean loss by the formula, and its gradients by differences of fourth order.
    func expected(_ point: FormulaPoint) -> (loss: Double, gradients: [Double]) {
        func mean(_ moved: FormulaPoint) -> Double {
            let losses = formula(moved, point)
            return losses.reduce(0, +) / Double(losses.count)
        }
        func slope(_ path: WritableKeyPath<FormulaPoint, Double>) -> Double {
            let h = 2e-4
            func at(_ step: Double) -> Double {
                var moved = point
                moved[keyPath: path] += step
                return mean(moved)
            }
            return (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h)
        }
        var slopes: [Double] = []
        for (i, row) in point.features.enumerated() { slopes += row.indices.map { slope(\.features[i][$0]) } }
        for (j, centers) in point.weights.enumerated() {
            for (k, row) in centers.enumerated() { slopes += row.indices.map { slope(\.weights[j][k][$0]) } }
        }
        if bias != nil { slopes.append(slope(\.bias)) }
        slopes += point.margins.indices.map { slope(\.margins[$0]) }
        slopes += point.classWeights.indices.map { slope(\.classWeights[$0]) }
        return (mean(point), slopes)
    }

    /// The same from the head.
    func found(_ point: FormulaPoint, _ type: ScalarType = .float64) throws -> (
        output: HeadOutput, gradients: [Double]
    ) {
        let graph = try graph(point, type)
        let found = try gradients(of: [graph.output.loss], withRespectTo: graph.inputs, allowingUnused: true)
        return (graph.output, try found.flatMap { try $0.reals() })
    }

    /// The head's output, and what it was computed from: features, weights, bias, margins, class weights.
    func graph(_ point: FormulaPoint, _ type: ScalarType) throws -> (output: HeadOutput, inputs: [Tensor]) {
        let features = try Problem.tensor(point.features).to(type).requireGradient()
        let rows = try Problem.tensor(point.weights.flatMap { $0 })
        let shape = [point.weights.count] + (centers > 0 ? [centers] : []) + [point.features[0].count]
        let weights = try rows.reshaped(shape).to(type).detached().requireGradient()
        let bias = try self.bias == nil ? nil : Tensor([point.bias]).to(type).requireGradient()
        let margins = try self.margins == nil ? nil : Tensor(point.margins).to(type).requireGradient()
        let classWeights =
            try self.classWeights == nil ? nil : Tensor(point.classWeights).to(type).requireGradient()
        // One row of weights has two labels.
        let head = try head(
            classCount: max(2, point.weights.count), margins: margins, classWeights: classWeights)
        var state = head.initialState
        for (name, value) in self.state { state[name] = value }
        let output = try head.evaluate(
            features: features, weights: weights, bias: bias, labels: Tensor(point.labels), state: state)
        return (output, [features, weights] + [bias, margins, classWeights].compactMap { $0 })
    }
}
