import AngularMargin
import Testing
import Torch

@Suite struct HeadPresetTests {
    @Test func everyPresetIsMadeOfItsDefaults() throws {
        #expect(
            HeadPreset.all.map(\.name)
                == [
                    "softmax", "weighted-softmax", "real-world-weight", "normface", "a-softmax", "sphereface-r",
                    "sphereface2", "cosface", "arcface",
                    "combined", "camri", "virtual-softmax", "curricularface", "magface", "adaface", "elasticface",
                    "subcenter-arcface", "uniface", "inter-topk", "p2sgrad", "oc-softmax", "mama", "custom",
                ])
        for preset in HeadPreset.all {
            let context = HeadContext(classNames: ["a", "b"])
            _ = try preset.head(preset.needsClasses ? ["classes": "b"] : [:], for: context)
            #expect(!preset.equation.isEmpty && !preset.source.isEmpty && !preset.title.isEmpty)
            #expect(Set(preset.parameters.map(\.key)).count == preset.parameters.count)
            // What is shown as resolved can be read again.
            let arguments = try preset.arguments()
            let again = arguments.values.mapValues { HeadParameterValue(parsing: $0.description) }
            #expect(try preset.arguments(again) == arguments)
            for parameter in preset.parameters { #expect(!parameter.meaning.isEmpty && !parameter.defaultText.isEmpty) }
        }
    }

    @Test func defaultsDependOnWords() throws {
        func numbers(_ preset: String, _ values: [String: HeadParameterValue]) throws -> [Double?] {
            let arguments = try HeadPreset.named(preset).arguments(values)
            return ["s", "m", "t", "lw"].map { arguments.optionalNumber($0) }
        }
        #expect(try numbers("sphereface-r", [:]) == [60, 1.4, nil, nil])
        #expect(try numbers("sphereface-r", ["variant": "v0"]) == [30, 1.5, nil, nil])
        #expect(try numbers("sphereface-r", ["norm": "soft"]) == [30, 1.4, 0.01, nil])
        #expect(try numbers("sphereface-r", ["norm": "none"]) == [nil, 1.4, nil, nil])
        #expect(try numbers("sphereface2", [:]) == [nil, 0.4, 3, 1])
        #expect(try numbers("sphereface2", ["variant": "M"]) == [nil, 1.7, 3, 1])
    }

    private func message(_ preset: String, _ values: [String: HeadParameterValue]) -> String {
        do {
            _ = try HeadPreset.named(preset).head(values)
            return ""
        } catch {
            return "\(error)"
        }
    }

    @Test func messages() {
        #expect(message("arcfase", [:]) == "there is no head “arcfase”; did you mean “arcface”?")
        #expect(
            message("transformer-xl", [:])
                == "there is no head “transformer-xl”; the heads are "
                + HeadPreset.all.map(\.name).joined(separator: ", "))
        #expect(
            message("arcface", ["beyond-pi": "clamp"])
                == "the head arcface has no key “beyond-pi”; did you mean “beyond_pi”?")
        #expect(
            message("normface", ["temperature": 3])
                == "the head normface has no key “temperature”; its keys are s, lw, class_weights, norm, projected, subcenters, virtual, "
                + "topk, topk_margin, sample_rate, negligible, regularizer, regularizer_weight")
        #expect(message("arcface", ["m": 4]) == "m is 4 where a number from 0 to π is wanted")
        #expect(message("arcface", ["m": "big"]) == "m is big where a number from 0 to π is wanted")
        #expect(message("arcface", ["m": .number(.nan)]).hasPrefix("m is nan where"))
        #expect(message("arcface", ["projected": 1]) == "projected is 1 where true or false is wanted")
        #expect(message("sphereface-r", ["variant": "v3"]) == "variant is v3 where v0, v1 or v2 is wanted")
        #expect(message("sphereface2", ["m": 0.5, "variant": "M"]) == "m is 0.5 where a number from 1 to 10 is wanted")
        #expect(
            message("sphereface-r", ["s": 30, "norm": "none"])
                == "s has no meaning with gradient=detached norm=none projected=false regularizer=none variant=v2 "
                + "virtual=none; leave it out")
    }

    @Test func valuesAreReadFromText() {
        #expect(HeadParameterValue(parsing: "0.5") == .number(0.5))
        #expect(
            HeadParameterValue(parsing: "true") == .flag(true) && HeadParameterValue(parsing: "false") == .flag(false))
        #expect(HeadParameterValue(parsing: "v1") == .word("v1"))
        // Folders of identities are often numbered so.
        #expect(HeadParameterValue(parsing: "0000045") == .word("0000045"))
        #expect(HeadParameterValue(parsing: "0") == .number(0) && HeadParameterValue(parsing: "45") == .number(45))
        #expect(
            HeadParameterValue.number(64).description == "64" && HeadParameterValue.number(0.35).description == "0.35")
    }

    @Test func lossWeightsAreDividedByTheScale() throws {
        let weight = { try HeadPreset.named($0).head($1).lossWeight }
        #expect(try weight("sphereface-r", ["lw": 50]) == 50.0 / 60)
        #expect(try weight("sphereface-r", ["lw": 50, "norm": "soft"]) == 50.0 / 30)
        #expect(try weight("sphereface-r", ["lw": 50, "norm": "none"]) == 50)
        #expect(try weight("sphereface2", ["lw": 10]) == 10.0 / 40)
        #expect(try weight("arcface", ["lw": 2]) == 2)
    }

    @Test func allowedValuesAsText() throws {
        let preset = try HeadPreset.named("sphereface-r")
        let allowed = try Dictionary(
            uniqueKeysWithValues: preset.parameters.map { parameter in
                (parameter.key, parameter.allowed(with: try preset.arguments(["norm": "none"])))
            })
        #expect(allowed["variant"] == "v0, v1 or v2" && allowed["projected"] == "true or false")
        #expect(allowed["m"] == "1 to 10" && allowed["s"] == .some(nil))
    }
}
