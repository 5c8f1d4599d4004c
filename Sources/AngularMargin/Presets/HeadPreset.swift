/// A published head by name: what it may be told, and the ``Head`` that comes of it.
///
/// ```swift
/// let head = try HeadPreset.named("sphereface-r").head(["variant": "v1", "m": 1.4])
/// ```
public struct HeadPreset: Sendable {
    /// Lower case with hyphens, as in recipes.
    public let name: String
    public let title: String
    /// The loss of one sample.
    public let equation: String
    /// The publication, and whose defaults these are.
    public let source: String
    /// Its own keys.
    public let ownParameters: [HeadParameter]
    /// The keys of axes that it leaves open: see ``HeadParameter/open``.
    public let openParameters: [HeadParameter]
    /// Whether classes must be named before there is a head.
    public let needsClasses: Bool
    private let make: @Sendable (HeadArguments, HeadContext) throws -> Head

    /// - Parameter closed: keys of open axes that the preset has decided for good.
    init(
        _ name: String, title: String, equation: String, source: String, parameters: [HeadParameter],
        closed: Set<String> = [], needsClasses: Bool = false,
        make: @escaping @Sendable (HeadArguments, HeadContext) throws -> Head
    ) {
        self.name = name
        self.title = title
        self.equation = equation
        self.source = source
        ownParameters = parameters
        let own = closed.union(parameters.map(\.key))
        openParameters = HeadParameter.open.filter { !own.contains($0.key) }
        self.needsClasses = needsClasses
        self.make = make
    }

    /// Every preset: the plain ones first, and a head of one's own last.
    public static let all: [HeadPreset] = [
        .softmax, .weightedSoftmax, .realWorldWeight, .normFace, .aSoftmax, .sphereFaceR, .sphereFace2, .cosFace,
        .arcFace, .combined, .camri,
        .virtualSoftmax, .curricularFace, .magFace, .adaFace, .elasticFace, .subcenterArcFace, .uniFace, .interTopK,
        .p2sGrad, .ocSoftmax, .mama, .custom,
    ]

    /// - Throws: ``HeadPresetError`` that names the nearest known preset.
    public static func named(_ name: String) throws -> HeadPreset {
        guard let preset = all.first(where: { $0.name == name }) else {
            throw HeadPresetError.unknownPreset(name: name, known: all.map(\.name))
        }
        return preset
    }

    public var parameters: [HeadParameter] { ownParameters + openParameters }

    /// The head with these values; keys that are left out take their defaults.
    ///
    /// - Parameter context: the classes, for keys that go by their names.
    /// - Throws: ``HeadPresetError`` for unknown keys, naming the nearest known one, for values of
    ///   another type or out of range, naming the range, and for choices that contradict each other, with the reason.
    public func head(
        _ values: [String: HeadParameterValue] = [:], for context: HeadContext = HeadContext()
    ) throws -> Head {
        let arguments = try arguments(values)
        do {
            var head = try make(arguments, context)
            try arguments.apply(openParameters, context, to: &head)
            try head.checkCombination()
            return head
        } catch HeadError.combination(let reason) {
            throw HeadPresetError.combination(preset: name, reason: reason)
        }
    }

    /// The values with all defaults, as a resolved recipe shows them.
    public func arguments(_ values: [String: HeadParameterValue] = [:]) throws -> HeadArguments {
        try HeadArguments(values, parameters: parameters, preset: name)
    }
}
