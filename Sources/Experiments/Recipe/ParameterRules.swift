import Networks
import Suggestions
import Torch
import Training

/// What a recipe says of parameters by their names: which are frozen (`network.freeze`), whose learning rate has a
/// factor (`training.rates`), and whose weight decay is another (`training.decays`). The head's class weights are
/// called `head.weight` in the last two.
public struct ParameterRules: Sendable, Equatable {
    public struct Rule: Sendable, Equatable {
        public let pattern: NamePattern
        public let value: Double
    }

    public var frozen: [NamePattern] = []
    /// The first that fits counts.
    public var rates: [Rule] = []
    public var decays: [Rule] = []

    init(network: RecipeSection, training: RecipeSection, hasInitialWeights: Bool) throws {
        frozen = (try network.optional("freeze", as: [String].self) ?? []).map(NamePattern.init)
        guard frozen.isEmpty || hasInitialWeights else {
            throw network.error("freeze", "would keep random weights; give weights to begin with, by init")
        }
        rates = try Self.rules(training.section("rates"), 0...1e3, "a factor from 0 to 1000")
        decays = try Self.rules(training.section("decays"), 0...1, "from 0 to 1")
    }

    private static func rules(_ section: RecipeSection, _ range: ClosedRange<Double>, _ wanted: String) throws -> [Rule]
    {
        try section.givenKeys.map { key in
            guard let value = try section.optional(key, in: range, wanted) else {
                throw section.error(key, "must be \(wanted)")
            }
            return Rule(pattern: NamePattern(key), value: value)
        }
    }

    /// Freezes what is to be frozen.
    ///
    /// - Throws: ``RecipeError`` for a pattern that fits no parameter.
    func freeze(_ network: inout any Backbone, file: String) throws {
        guard !frozen.isEmpty else { return }
        try Self.check(frozen, network.parameters.map(\.name), file: file, key: "network.freeze")
        try network.freeze { name in frozen.contains { $0.matches(name) } }
    }

    /// The parameters that are learned, in groups of one rate and one decay.
    ///
    /// - Throws: ``RecipeError`` for a pattern that fits no parameter.
    func groups(
        of network: any Backbone, head: [NamedTensor], headRate: Double, weightDecay: Double, file: String
    ) throws -> [ParameterGroup] {
        let all = network.parameters + head
        for (key, rules) in [("rates", rates), ("decays", decays)] {
            try Self.check(rules.map(\.pattern), all.map(\.name), file: file, key: "training.\(key)")
        }
        struct Treatment: Hashable {
            let rate, decay: Double
        }
        var order: [Treatment] = []
        var members: [Treatment: [NamedTensor]] = [:]
        let isHead = Set(head.map(\.name))
        for parameter in all where parameter.tensor.requiresGradient {
            func value(_ rules: [Rule]) -> Double? { rules.first { $0.pattern.matches(parameter.name) }?.value }
            let treatment = Treatment(
                rate: value(rates) ?? (isHead.contains(parameter.name) ? headRate : 1),
                decay: value(decays) ?? weightDecay)
            if members[treatment] == nil { order.append(treatment) }
            members[treatment, default: []].append(parameter)
        }
        return order.map { treatment in
            ParameterGroup(
                members[treatment] ?? [], learningRateFactor: treatment.rate, weightDecay: treatment.decay)
        }
    }

    private static func check(_ patterns: [NamePattern], _ names: [String], file: String, key: String) throws {
        for pattern in patterns where !names.contains(where: pattern.matches) {
            // What a pattern means by its words, its stars apart.
            let bare = "\(pattern)".replacing("*", with: "")
            let hint =
                nearest(bare, among: names).map { "did you mean \($0)?" }
                ?? "there are \(names.prefix(3).joined(separator: ", ")) and so on"
            throw RecipeError(file: file, key: key, message: "“\(pattern)” fits no parameter; \(hint)")
        }
    }
}
