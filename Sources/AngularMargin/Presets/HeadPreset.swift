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
    public let parameters: [HeadParameter]
    private let make: @Sendable (HeadArguments) -> Head

    init(
        _ name: String, title: String, equation: String, source: String, parameters: [HeadParameter],
        make: @escaping @Sendable (HeadArguments) -> Head
    ) {
        self.name = name
        self.title = title
        self.equation = equation
        self.source = source
        self.parameters = parameters
        self.make = make
    }

    /// Every preset, the plain ones first.
    public static let all: [HeadPreset] = [
        .softmax, .normFace, .cosFace, .arcFace, .combined, .sphereFaceR, .sphereFace2,
    ]

    /// - Throws: ``HeadPresetError`` that names the nearest known preset.
    public static func named(_ name: String) throws -> HeadPreset {
        guard let preset = all.first(where: { $0.name == name }) else {
            throw HeadPresetError.unknownPreset(name: name, known: all.map(\.name))
        }
        return preset
    }

    /// The head with these values; keys that are left out take their defaults.
    ///
    /// - Throws: ``HeadPresetError`` for unknown keys, naming the nearest known one, and for values of
    ///   another type or out of range, naming the range.
    public func head(_ values: [String: HeadParameterValue] = [:]) throws -> Head {
        try make(arguments(values))
    }

    /// The values with all defaults, as a resolved recipe shows them.
    public func arguments(_ values: [String: HeadParameterValue] = [:]) throws -> HeadArguments {
        try HeadArguments(values, parameters: parameters, preset: name)
    }
}

extension HeadParameter {
    // What several presets share.

    static func scale(_ value: Double) -> Self {
        .number("s", value, scaleRange, "scale on the cosine")
    }
    static let scaleRange: ClosedRange<Double> = 0.01...10_000

    static let lossWeight = number("lw", 1, 0...1e6, "factor on the mean loss")

    static let gradient = word(
        "gradient", "full", ["full", "detached"],
        "through the margin, or with every class's slope as it is without margin")

    static let projected = flag(
        "projected", false,
        "overwrite weights by their directions after each step, without the normalisation's gradient")
}

extension HeadArguments {
    var margins: MarginGradient { word("gradient") == "detached" ? .detached : .full }
    var weightConvention: WeightConvention { flag("projected") ? .projected : .differentiated }
}
