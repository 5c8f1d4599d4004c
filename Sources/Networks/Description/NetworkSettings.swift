/// The settings of a network: those that mean something for its family.
public enum NetworkSettings: Sendable, Hashable {
    case sfnet(SFNet.Configuration)
    case camriNet(CAMRINet.Configuration)
    /// Of a network whose structure is fixed by its name.
    case shape(NetworkShape)

    /// [channels, height, width] of a picture.
    public var input: [Int] {
        get {
            switch self {
            case .sfnet(let configuration): configuration.input
            case .camriNet(let configuration): configuration.input
            case .shape(let shape): shape.input
            }
        }
        set {
            switch self {
            case .sfnet(var configuration):
                configuration.input = newValue
                self = .sfnet(configuration)
            case .camriNet(var configuration):
                configuration.input = newValue
                self = .camriNet(configuration)
            case .shape(var shape):
                shape.input = newValue
                self = .shape(shape)
            }
        }
    }

    /// d, the number of dimensions of an embedding.
    public var embedding: Int {
        get {
            switch self {
            case .sfnet(let configuration): configuration.embedding
            case .camriNet(let configuration): configuration.embedding
            case .shape(let shape): shape.embedding
            }
        }
        set {
            switch self {
            case .sfnet(var configuration):
                configuration.embedding = newValue
                self = .sfnet(configuration)
            case .camriNet(var configuration):
                configuration.embedding = newValue
                self = .camriNet(configuration)
            case .shape(var shape):
                shape.embedding = newValue
                self = .shape(shape)
            }
        }
    }

    /// The settings as those of an SFNet; `nil` of another family. Assigning `nil` changes nothing.
    public var sfnet: SFNet.Configuration? {
        get {
            guard case .sfnet(let configuration) = self else { return nil }
            return configuration
        }
        set {
            if let newValue { self = .sfnet(newValue) }
        }
    }

    /// The settings as those of a CAMRINet; `nil` of another family. Assigning `nil` changes nothing.
    public var camriNet: CAMRINet.Configuration? {
        get {
            guard case .camriNet(let configuration) = self else { return nil }
            return configuration
        }
        set {
            if let newValue { self = .camriNet(newValue) }
        }
    }

    /// Whether both are settings of one family.
    func isOfFamily(of other: NetworkSettings) -> Bool {
        switch (self, other) {
        case (.sfnet, .sfnet), (.camriNet, .camriNet), (.shape, .shape): true
        case (.sfnet, _), (.camriNet, _), (.shape, _): false
        }
    }

    func validate() throws(NetworkSettingError) {
        switch self {
        case .sfnet(let configuration): try configuration.validate()
        case .camriNet(let configuration): try configuration.validate()
        case .shape(let shape): try shape.validate()
        }
    }
}
