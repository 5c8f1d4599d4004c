import Torch

/// Puts numbers to zero at random in training, and scales the others up so that the mean stays:
///
///     y = x · mask / (1 − p),  mask = 0 with probability p, else 1;  y = x in evaluation
///
/// The mask is a function of the mode's seed, the layer's number and the shape, whatever the layout in memory, and so
/// the same when a step is done again.
///
/// Srivastava et al., “Dropout: A simple way to prevent neural networks from overfitting”, JMLR 2014.
public struct Dropout: Module {
    /// p, from 0 up to, but not including, 1.
    public let probability: Double
    /// Tells layers of one network apart, so that each draws masks of its own.
    public let number: Int

    public init(probability: Double, number: Int = 0) {
        precondition((0..<1).contains(probability), "\(probability) is no probability below 1")
        self.probability = probability
        self.number = number
    }

    /// From [N, ...] to the same shape.
    public func callAsFunction(_ x: Tensor, mode: Mode) throws -> Tensor {
        guard mode.isTraining, probability > 0 else { return x }
        return try x * mask(like: x, seed: mode.seed)
    }

    private static let drawOperator = Operator("aten::bernoulli_.float")

    /// 0 or 1/(1 − p), drawn sample by sample, place by place, channels last.
    private func mask(like x: Tensor, seed: UInt64) throws -> Tensor {
        let order = [0] + Array(2..<max(2, x.rank)) + (x.rank > 1 ? [1] : [])
        let back = order.indices.map { order.firstIndex(of: $0) ?? $0 }
        // An odd multiplier: layers and steps with neighbouring numbers do not meet.
        let generator = try Generator(seed: seed &+ UInt64(number) &* 0x9E37_79B9_7F4A_7C15, device: x.device)
        return try withoutGradients {
            let mask = try Tensor.empty(order.map { x.size($0) }, scalarType: x.scalarType, device: x.device)
            _ = try Self.drawOperator(mask, 1 - probability, generator)
            try mask.multiply(by: 1 / (1 - probability))
            return try mask.permuted(back)
        }
    }

    public mutating func visit(_ visitor: inout ModuleVisitor) throws {}
}
