import Suggestions
import Testing

@Suite struct NearestTests {
    private let names = ["sfnet-10", "sfnet-20", "activation", "blocks"]

    @Test(arguments: [
        ("sfnet20", "sfnet-20"), ("SFNET-20", "sfnet-20"), ("activaton", "activation"), ("blcoks", "blocks"),
        ("block", "blocks"),
    ])
    func findsWhatWasMeant(_ written: String, _ meant: String) {
        #expect(nearest(written, among: names) == meant)
    }

    @Test func saysNothingWhereNothingIsNear() {
        #expect(nearest("learning-rate", among: names) == nil)
        #expect(nearest("x", among: []) == nil)
        #expect(nearest("", among: ["abc"]) == nil)
    }

    @Test func tiesGoToTheFirstInOrder() {
        #expect(nearest("sfnet-30", among: names.reversed()) == "sfnet-10")
    }
}
