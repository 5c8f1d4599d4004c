// As a model folder keeps it: "scale": 16, or "scale": "feature_norm".

extension DecisionScale: Codable {
    private static let featureNormWord = "feature_norm"

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let scale = try? container.decode(Double.self) {
            self = .constant(scale)
            return
        }
        guard try container.decode(String.self) == Self.featureNormWord else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "a scale is a number or “\(Self.featureNormWord)”")
        }
        self = .featureNorm
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .constant(let scale): try container.encode(scale)
        case .featureNorm: try container.encode(Self.featureNormWord)
        }
    }
}
