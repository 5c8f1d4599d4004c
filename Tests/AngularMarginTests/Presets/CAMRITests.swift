import AngularMargin
import Testing
import Torch

@Suite struct CAMRITests {
    private static let names = ["a", "b", "c", "d"]

    private func loss(_ name: String, _ values: [String: HeadParameterValue], _ type: ScalarType) throws -> [Double] {
        let features = try Tensor.normal([9, 5], generator: Generator(seed: 1), scalarType: type).requireGradient()
        let weights = try Tensor.normal([4, 5], generator: Generator(seed: 2), scalarType: type).requireGradient()
        let labels = try Tensor((0..<9).map { Int64($0 % 4) })
        let head = try HeadPreset.named(name).head(values, for: HeadContext(classNames: Self.names))
        let output = try head.evaluate(features: features, weights: weights, labels: labels)
        let found = try gradients(of: [output.loss], withRespectTo: [features, weights])
        return try output.losses.reals() + found.flatMap { try $0.reals() }
    }

    /// With the margin of every class equal, losses and gradients are ArcFace's; with none, the normalised softmax's.
    @Test(arguments: [ScalarType.float64, .float32], [0.2, 0.5])
    func withAllMarginsEqualItIsArcFace(type: ScalarType, margin: Double) throws {
        let tolerance = type == .float64 ? 1e-12 : 1e-5
        func isSame(_ first: [Double], _ second: [Double]) -> Bool {
            zip(first, second).allSatisfy { abs($0 - $1) <= tolerance * max(1, abs($1)) }
        }
        let all = HeadParameterValue.words(Self.names)
        let camri = try loss("camri", ["classes": all, "m": .number(margin), "s": 16], type)
        let arcFace = try loss("arcface", ["m": .number(margin), "s": 16], type)
        #expect(isSame(camri, arcFace))
        let none = try loss("camri", ["classes": all, "m": 0, "s": 16], type)
        #expect(try isSame(none, loss("normface", ["s": 16], type)))
        // One class alone is neither.
        let one = try loss("camri", ["classes": .words(["b"]), "m": .number(margin), "s": 16], type)
        #expect(!isSame(one, arcFace) && !isSame(one, none))
    }
}
