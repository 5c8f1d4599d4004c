import AngularMargin
import Foundation
import Networks
import Torch

/// The exponential moving average of a network's weights, and of its head's where classes are told by them:
///
///     w̄ ← d·w̄ + (1 − d)·w,    d = min(decay, (1 + t) / (10 + t)) after t steps
///
/// so that the first weights, which are random, are soon forgotten. Running statistics are averaged alike;
/// whole numbers are copied.
struct WeightAverage {
    let decay: Double
    /// A network of its own with the averaged weights.
    private(set) var backbone: any Backbone
    /// A head of its own with the averaged class weights; `nil` where the head only trains.
    private(set) var head: MarginHead?

    private static let interpolate = Operator("aten::_foreach_lerp_.Scalar")

    init(decay: Double, of backbone: any Backbone, head: MarginHead?) throws {
        self.decay = decay
        self.backbone = backbone
        self.head = head
        try withoutGradients {
            try self.backbone.mapTensors { try $0.tensor.detached().cloned() }
            try self.head?.mapTensors { try $0.tensor.detached().cloned() }
        }
    }

    /// What is averaged, by names that tell network and head apart.
    var tensors: [(name: String, tensor: Tensor)] {
        backbone.tensors.map { ($0.name, $0.tensor) } + (head?.tensors ?? []).map { ("head.\($0.name)", $0.tensor) }
    }

    /// - Parameter steps: how many were done, the last one included.
    func follow(_ network: any Backbone, _ trainedHead: MarginHead, steps: Int) throws {
        let own = tensors.map(\.tensor)
        let new = (network.tensors + (head == nil ? [] : trainedHead.tensors)).map(\.tensor)
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
