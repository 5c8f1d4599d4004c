import AngularMargin
import Foundation
import Testing
import Torch

@Suite struct ClassDecisionTests {
    /// Every preset that has classes.
    private static let presets = HeadPreset.all.map(\.name).filter { $0 != "mama" }

    private static func head(_ name: String, classCount: Int) throws -> Head {
        let preset = try HeadPreset.named(name)
        let values: [String: HeadParameterValue] = preset.needsClasses ? ["classes": .words(["1"])] : [:]
        return try preset.head(values, for: HeadContext(classNames: (0..<classCount).map(String.init)))
    }

    @Test(arguments: presets) func itDecidesAsTheHeadDoes(preset: String) throws {
        let (batch, classes, size) = (40, preset == "oc-softmax" ? 2 : 5, 6)
        let head = try Self.head(preset, classCount: classes)
        var trained = try MarginHead(head, classCount: classes, featureCount: size, generator: Generator(seed: 3))
        if trained.bias?.shape == [classes] { trained.bias = try Tensor((0..<classes).map { Float($0) * 0.3 }) }
        let features = try Tensor.normal([batch, size], generator: Generator(seed: 4)) * 3
        let labels = try Tensor((0..<batch).map { Int64($0 % classes) })
        let output = try trained(features, labels: labels, remembering: false)
        let decision = try #require(head.decision)
        let logits = try decision.logits(features: features, weights: trained.weight, bias: trained.decisionBias)
        #expect(logits.shape == [batch, classes])
        // Heads that sample classes, or choose by something else than their logits, say so by their predictions.
        let predictions: [Int64] = try output.predictions.elements()
        #expect(try logits.argumentOfMaximum(1).elements(as: Int64.self) == predictions)
    }

    @Test func logitsAreTheHeadsWithoutMargin() throws {
        let features = try Tensor.normal([7, 4], generator: Generator(seed: 1), scalarType: .float64)
        let weights = try Tensor.normal([3, 4], generator: Generator(seed: 2), scalarType: .float64)
        let labels = try Tensor([Int64](repeating: 1, count: 7))
        for name in ["arcface", "cosface", "sphereface-r", "softmax", "a-softmax"] {
            let head = try Self.head(name, classCount: 3).withMargin(scaledBy: 0)
            let expected = try #require(
                try head.evaluate(features: features, weights: weights, labels: labels, path: .reference).logits)
            let found = try #require(head.decision).logits(features: features, weights: weights)
            let differences = try zip(found.reals(), expected.reals()).map { abs($0 - $1) }
            #expect(differences.allSatisfy { $0 < 1e-12 }, "\(name)")
        }
    }

    @Test func aSharedBiasDecidesNothingAndOnePerClassDoes() throws {
        let shared = try MarginHead(
            Self.head("sphereface2", classCount: 4), classCount: 4, featureCount: 3, generator: Generator(seed: 1))
        #expect(try shared.bias != nil && shared.decisionBias == nil)
        let perClass = try MarginHead(
            HeadPreset.named("softmax").head(["bias": .word("class")]), classCount: 4, featureCount: 3,
            generator: Generator(seed: 1))
        #expect(try perClass.decisionBias?.shape == [4])
    }

    @Test func pairsOfModalitiesHaveNoClasses() throws {
        #expect(try Self.head("mama", classCount: 2).decision == nil)
    }

    @Test func itIsWrittenAsPeopleReadIt() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let decisions = [
            ClassDecision(similarity: .cosine, scale: .constant(16)),
            ClassDecision(similarity: .innerProduct, scale: .featureNorm, member: .init(cosine: 0.55, label: 1)),
        ]
        let texts = try decisions.map { String(decoding: try encoder.encode($0), as: UTF8.self) }
        #expect(texts[0] == #"{"scale":16,"similarity":"cosine"}"#)
        #expect(texts[1].contains(#""scale":"feature_norm","similarity":"inner_product""#))
        for (text, decision) in zip(texts, decisions) {
            #expect(try JSONDecoder().decode(ClassDecision.self, from: Data(text.utf8)) == decision)
        }
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(
                ClassDecision.self, from: Data(#"{"similarity": "cosine", "scale": "much"}"#.utf8))
        }
    }
}
