import Testing
import Torch

@Suite struct NamePatternTests {
    @Test(arguments: [
        ("fc.weight", ["fc.weight"], ["fc.bias", "afc.weight", "fc.weights", ""]),
        ("layer4.*", ["layer4.", "layer4.0.conv1.weight"], ["layer4", "layer40.a", "a.layer4.0"]),
        ("*.bias", ["a.bias", ".bias", "a.b.bias"], ["bias", "a.bias.b"]),
        ("*", ["", "a", "a.b"], []),
        ("layer?.0.*", ["layer1.0.x", "layer9.0."], ["layer.0.x", "layer10.0.x"]),
        ("*bn*.w*", ["layer1.bn1.weight", "bn.w", "bnbn.w.w"], ["conv.weight", "bn1.bias", "bn"]),
        ("a*b*c", ["abc", "aXbXbXc", "abbcc"], ["ac", "abcd", "ab"]),
        ("", [""], ["a"]),
    ])
    func fits(_ pattern: String, _ matching: [String], _ others: [String]) {
        for name in matching { #expect(NamePattern(pattern).matches(name), "\(name)") }
        for name in others { #expect(!NamePattern(pattern).matches(name), "\(name)") }
    }
}
