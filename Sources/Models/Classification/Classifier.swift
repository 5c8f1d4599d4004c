import AngularMargin
import Torch
import Verification

/// The classes that a model was trained on, as directions to compare a feature with.
public struct Classifier: Sendable {
    /// How logits are made of features and weights.
    public let decision: ClassDecision
    /// [C, D]; with sub-centres [C, K, D], with one class [1, D].
    public private(set) var weight: Tensor
    /// [C], where classes have a bias.
    public private(set) var bias: Tensor?
    /// What makes probabilities of logits, softmax(z/T), fitted on development data; `nil` where there were none.
    public var calibration: TemperatureCalibration?

    public init(
        decision: ClassDecision, weight: Tensor, bias: Tensor? = nil, calibration: TemperatureCalibration? = nil
    ) {
        self.decision = decision
        self.weight = weight
        self.bias = bias
        self.calibration = calibration
    }

    /// What a head has learned so far; `nil` for a contrastive one, which has no classes.
    public init?(_ head: MarginHead) throws {
        guard let decision = head.head.decision else { return nil }
        try self.init(decision: decision, weight: head.weight.detached(), bias: head.decisionBias)
    }

    /// The number of labels.
    public var classCount: Int { decision.member == nil ? weight.size(0) : 2 }

    /// The logits of features [N, D] as the network gives them, not of unit length: [N, C].
    public func logits(_ features: Tensor) throws -> Tensor {
        try withoutGradients { try decision.logits(features: features, weights: weight, bias: bias) }
    }

    public mutating func move(to device: Device) throws {
        weight = try weight.to(device)
        bias = try bias?.to(device)
    }
}
