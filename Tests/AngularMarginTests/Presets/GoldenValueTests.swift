import AngularMargin
import Testing
import Torch

/// Mean losses on one small input, computed elsewhere.
@Suite struct GoldenValueTests {
    private static let features: [Double] = [1, 2, -1, 0.5, -1, 2]
    private static let weights: [Double] = [1, 0, 0.5, -0.5, 1, 0, 0.2, -0.3, 1]

    struct Case: Sendable, CustomTestStringConvertible {
        let preset: String
        let values: [String: HeadParameterValue]
        let loss: Double
        /// Where the value was computed with another bias than the initial one.
        var bias: Double?
        var testDescription: String { "\(preset) \(values)" }
    }

    @Test(arguments: [
        Case(preset: "softmax", values: [:], loss: 0.856081258),
        Case(preset: "normface", values: [:], loss: 5.477237404),
        Case(preset: "arcface", values: [:], loss: 27.483714535),
        Case(preset: "cosface", values: [:], loss: 22.904958825),
        Case(preset: "combined", values: [:], loss: 27.643976083),
        Case(preset: "combined", values: ["m2": 0.5, "m3": 0], loss: 27.483714535),
        Case(preset: "combined", values: ["m2": 0, "m3": 0.35], loss: 22.904958825),
        Case(preset: "sphereface-r", values: ["variant": "v0"], loss: 15.538399608),
        Case(preset: "sphereface-r", values: ["variant": "v1"], loss: 13.657871764),
        Case(preset: "sphereface-r", values: [:], loss: 17.313302484),
        Case(preset: "sphereface-r", values: ["lw": 50], loss: 14.427752070),
        Case(preset: "sphereface-r", values: ["norm": "none"], loss: 1.161321997),
        Case(preset: "sphereface2", values: [:], loss: 0.600443185, bias: 44.208216282),
        Case(preset: "sphereface2", values: ["variant": "A"], loss: 0.271228266),
        Case(preset: "sphereface2", values: ["variant": "M"], loss: 0.293476684),
    ])
    func loss(_ golden: Case) throws {
        let head = try HeadPreset.named(golden.preset).head(golden.values)
        let bias = head.objective.bias == .shared ? try Tensor([golden.bias ?? head.initialBias(classCount: 3)]) : nil
        let output = try head.evaluate(
            features: Tensor(Self.features, shape: [2, 3]), weights: Tensor(Self.weights, shape: [3, 3]),
            bias: bias, labels: Tensor([0, 2]))
        #expect(try abs(output.loss.item() - golden.loss) < 1e-9)
        #expect(try abs(output.meanTargetAngle() - (1.387192 + 0.171358) / 2) < 1e-6)
        #expect(try output.correctCount() == 1)
    }

    /// With three classes ζ > 1, where the formula as it is usually written cancels: for C it gives 44.208216
    /// in Float64; the value here was computed with fifty digits.
    @Test(arguments: [("C", 44.208240530772, 12.950), ("A", 36.805221253, 28.950), ("M", 38.197218640, 28.950)])
    func initialBias(variant: String, three: Double, ten: Double) throws {
        let head = try HeadPreset.named("sphereface2").head(["variant": .word(variant)])
        #expect(try abs(head.initialBias(classCount: 3) - three) < 1e-9)
        #expect(try abs(head.initialBias(classCount: 10) - ten) < 5e-4)
    }
}
