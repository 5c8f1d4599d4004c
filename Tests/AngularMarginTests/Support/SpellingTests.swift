import AngularMargin
import Testing

@Suite struct SpellingTests {
    @Test func nearestWord() {
        let known = ["arcface", "cosface", "sphereface-r", "sphereface2"]
        #expect(Spelling.nearest(to: "arcfase", among: known) == "arcface")
        #expect(Spelling.nearest(to: "ArcFace", among: known) == "arcface")
        #expect(Spelling.nearest(to: "sphereface", among: known) == "sphereface2")
        #expect(Spelling.nearest(to: "xyz", among: known) == nil)
        #expect(Spelling.nearest(to: "", among: known) == nil)
        #expect(Spelling.nearest(to: "arcface", among: []) == nil)
    }
}
