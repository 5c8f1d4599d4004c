import Foundation
import Networks
import Torch

/// The exponential moving average of a network's weights:
///
///     w̄ ← d·w̄ + (1 − d)·w,    d = min(decay, (1 + t) / (10 + t)) after t steps
///
/// so that the first weights, which are random, are soon forgotten. Running statistics are averaged alike;
/// whole numbers are copied.
struct WeightAverage {
    let decay: Double
    /// A network of its own with the averaged weights.
    private(set) var backbone: any Backbone

    private static let interpolate = Operator("aten::_foreach_lerp_.Scalar")

    init(decay: Double, of backbone: any Backbone) throws {
        self.decay = decay
        self.backbone = backbone
        try withoutGradients { try self.backbone.mapTensors { try $0.tensor.detached().cloned() } }
    }

    /// - Parameter steps: how many were done, the last one included.
    func follow(_ network: any Backbone, steps: Int) throws {
        let own = backbone.tensors.map(\.tensor)
        let new = network.tensors.map(\.tensor)
        let averaged = own.indices.filter { own[$0].scalarType.isFloatingPoint }
        let decay = min(decay, Double(1 + steps) / Double(10 + steps))
        try withoutGradients {
            try Self.interpolate.perform(averaged.map { own[$0] }, averaged.map { new[$0] }, 1 - decay)
            for index in own.indices where !own[index].scalarType.isFloatingPoint {
                try own[index].copy(from: new[index])
            }
        }
    }
}
