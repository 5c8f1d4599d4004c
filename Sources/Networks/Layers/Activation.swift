import Torch

/// What stands between two linear layers, by choice.
public enum Activation: Module {
    /// max(x, 0)
    case relu
    case prelu(PReLU)

    /// The names of the choices, as settings spell them.
    public enum Kind: String, Codable, Sendable, Hashable, CaseIterable {
        case prelu
        case relu
    }

    public init(_ kind: Kind, channels: Int, device: Device = .cpu) throws {
        self =
            switch kind {
            case .relu: .relu
            case .prelu: .prelu(try PReLU(channels: channels, device: device))
            }
    }

    public func callAsFunction(_ x: Tensor) throws -> Tensor {
        switch self {
        case .relu: try x.relu()
        case .prelu(let prelu): try prelu(x)
        }
    }

    /// The learned slopes, where there are any.
    var slope: Tensor? {
        guard case .prelu(let prelu) = self else { return nil }
        return prelu.slope
    }

    public mutating func visit(_ visitor: inout ModuleVisitor) throws {
        guard case .prelu(var prelu) = self else { return }
        try prelu.visit(&visitor)
        self = .prelu(prelu)
    }
}
