import Experiments
import TestSupport
import Testing

@Suite struct ComparedSystemTests {
    private func names(_ heads: String, _ axes: String...) throws -> [String] {
        try ComparedSystem.all(heads: heads, axes: axes).map(\.name)
    }

    @Test func commasPartHeadsAndSettings() throws {
        #expect(
            try names("softmax,arcface:m=0.3,s=16,sphereface-r:variant=v1")
                == ["softmax", "arcface m=0.3 s=16", "sphereface-r variant=v1"])
        let systems = try ComparedSystem.all(heads: "arcface:m=0.3,s=16", axes: [])
        #expect(systems[0].settings == ["head={name: arcface, m: 0.3, s: 16}"])
    }

    @Test func alternativesAndAxesMakeAGrid() throws {
        #expect(
            try names("softmax,sphereface-r:variant=v0/v1,norm=hard/soft") == [
                "softmax", "sphereface-r variant=v0 norm=hard", "sphereface-r variant=v0 norm=soft",
                "sphereface-r variant=v1 norm=hard", "sphereface-r variant=v1 norm=soft",
            ])
        #expect(
            try names("", "head.m=0,0.2", "pictures.size=[16, 16],[8, 8]") == [
                "head.m=0 pictures.size=[16, 16]", "head.m=0 pictures.size=[8, 8]",
                "head.m=0.2 pictures.size=[16, 16]", "head.m=0.2 pictures.size=[8, 8]",
            ])
        #expect(
            try names("softmax", "training.mixup=0,0.2") == ["softmax training.mixup=0", "softmax training.mixup=0.2"])
        #expect(try names("") == ["recipe"])
    }

    @Test(arguments: [
        ("arcfase", "did you mean “arcface”?"), ("m=0.3", "a head's name comes first"),
        ("arcface,arcface", "named twice"), ("arcface,,softmax", "no head between two commas"),
        ("arcface:m", "write key=value"),
    ])
    func whatIsWrongIsSaid(_ heads: String, _ part: String) {
        #expect(message { try ComparedSystem.all(heads: heads, axes: []) }?.contains(part) == true)
    }

    @Test func anAxisNeedsTwoValues() {
        #expect(
            message { try ComparedSystem.all(heads: "", axes: ["head.m=0.3"]) }?.contains("two values at least") == true
        )
    }
}
