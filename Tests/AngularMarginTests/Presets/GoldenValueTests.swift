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
        var updating = false
        /// As many digits as the value has.
        var tolerance: Double { "\(loss)".split(separator: ".")[1].count > 6 ? 1e-9 : loss == 29.48 ? 5e-3 : 5e-5 }
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
        Case(preset: "sphereface2", values: ["b": 44.208216282], loss: 0.600443185),
        Case(preset: "sphereface2", values: ["variant": "A"], loss: 0.271228266),
        Case(preset: "sphereface2", values: ["variant": "M"], loss: 0.293476684),
        Case(preset: "camri", values: ["classes": "bird"], loss: 2.924553060),
        Case(preset: "a-softmax", values: ["lambda": 0], loss: 4.330000939),
        Case(preset: "a-softmax", values: ["lambda": 5], loss: 1.325742280),
        Case(preset: "virtual-softmax", values: [:], loss: 1.743811056),
        Case(preset: "curricularface", values: ["t": 0.1], loss: 21.309304879),
        Case(preset: "curricularface", values: ["t": 0.1, "alpha": 0.01], loss: 21.3941, updating: true),
        Case(preset: "curricularface", values: ["t": 0.1, "alpha": 0.1], loss: 22.1576, updating: true),
        Case(preset: "magface", values: ["lambda_g": 0], loss: 25.951322772),
        Case(preset: "magface", values: [:], loss: 29.48),
        Case(preset: "adaface", values: [:], loss: 24.602731092),
        Case(preset: "uniface", values: [:], loss: 41.521430618),
        // Without spread, and with a penalty of nothing, they are ArcFace and CosFace.
        Case(preset: "elasticface", values: ["sigma": 0], loss: 27.483714535),
        Case(preset: "elasticface", values: ["sigma": 0, "variant": "cos", "plus": true], loss: 22.904958825),
        Case(preset: "subcenter-arcface", values: ["k": 1], loss: 27.483714535),
        Case(preset: "inter-topk", values: ["s": 64, "m": 0.5, "m_prime": 0], loss: 27.483714535),
    ])
    func loss(_ golden: Case) throws {
        let head = try HeadPreset.named(golden.preset)
            .head(golden.values, for: HeadContext(classNames: ["cat", "dog", "bird"]))
        let bias = head.objective.bias == .shared ? try Tensor([golden.bias ?? head.initialBias(classCount: 3)]) : nil
        let weights = try Tensor(Self.weights, shape: head.subcenters == nil ? [3, 3] : [3, 1, 3])
        let output = try head.evaluate(
            features: Tensor(Self.features, shape: [2, 3]), weights: weights, bias: bias, labels: Tensor([0, 2]),
            updatingState: golden.updating)
        #expect(try abs(output.loss.item() - golden.loss) < golden.tolerance)
        #expect(try abs(output.meanTargetAngle() - (1.387192 + 0.171358) / 2) < 1e-6)
        #expect(try output.correctCount() == 1)
    }

    @Test func mama() throws {
        let head = try HeadPreset.named("mama").head(["mu": 0.2, "tau": 0.07])
        let output = try head.evaluate(
            pairing: Tensor(Self.features, shape: [2, 3]),
            with: Tensor(Self.weights, shape: [3, 3]).rows(Tensor([0, 2])))
        let means = try output.terms.map { ($0.name, try $0.values.mean().item()) }
        #expect(means[0].0 == "v2t" && abs(means[0].1 - 0.001340754) < 1e-9)
        #expect(means[1].0 == "t2v" && abs(means[1].1 - 1.532973132) < 1e-9)
        #expect(try abs(output.loss.item() - means[0].1 - means[1].1) < 1e-14)
    }

    @Test func regularizers() throws {
        let weights = try Tensor(Self.weights, shape: [3, 3])
        let value = { try ($0 as Regularizer).value(weights: weights, labels: Tensor([0, 2])).item() }
        #expect(try abs(value(.exclusive) - 0.231268437) < 1e-9)
        #expect(try abs(value(.regularFace) - 0.280468775) < 1e-9)
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
